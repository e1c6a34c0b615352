using System.Globalization;

namespace NocMonitor.Testing.Snmp;

/// <summary>Object identifiers in their BER content form, written anew here so that the product's own code is not judged by itself.</summary>
public static class OidBytes
{
    public static byte[] Encode(string dotted)
    {
        var arcs = dotted.TrimStart('.').Split('.').Select(arc => uint.Parse(arc, CultureInfo.InvariantCulture)).ToArray();
        var bytes = new List<byte>();
        if (arcs.Length > 1)
        {
            AddArc(bytes, (arcs[0] * 40) + arcs[1]);
        }

        foreach (var arc in arcs.Skip(2))
        {
            AddArc(bytes, arc);
        }

        return [.. bytes];
    }

    public static string Format(ReadOnlySpan<byte> encoded)
    {
        var arcs = Arcs(encoded);
        if (arcs.Count == 0)
        {
            return "";
        }

        var top = Math.Min(arcs[0] / 40, 2);
        return string.Join('.', arcs.Skip(1).Prepend(arcs[0] - (top * 40)).Prepend(top));
    }

    public static List<uint> Arcs(ReadOnlySpan<byte> encoded)
    {
        var arcs = new List<uint>();
        var arc = 0u;
        foreach (var next in encoded)
        {
            arc = (arc << 7) | (next & 0x7Fu);
            if (next < 0x80)
            {
                arcs.Add(arc);
                arc = 0;
            }
        }

        return arcs;
    }

    /// <summary>Orders by arcs. Bytes alone would not: 16383 is FF 7F and 16384 is 81 80 00.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        var start = same;
        while (start > 0 && left[start - 1] >= 0x80)
        {
            start--;
        }

        var lengths = ArcLength(left[start..]) - ArcLength(right[start..]);
        return lengths != 0 ? lengths : left[same] - right[same];
    }

    private static int ArcLength(ReadOnlySpan<byte> bytes)
    {
        var length = 1;
        while (length < bytes.Length && bytes[length - 1] >= 0x80)
        {
            length++;
        }

        return length;
    }

    private static void AddArc(List<byte> bytes, uint arc)
    {
        for (var shift = 28; shift > 0; shift -= 7)
        {
            if (arc >> shift > 0)
            {
                bytes.Add((byte)((arc >> shift) | 0x80));
            }
        }

        bytes.Add((byte)(arc & 0x7F));
    }
}
