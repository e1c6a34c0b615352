using System.Globalization;
using System.Net;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Indexes of rows: parts of them as values, and indexes of other tables made of them. All of it on encoded arcs.</summary>
internal static class IndexText
{
    /// <summary>Arcs of an index as a value; false when it has not so many or they are not what the format says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> index, IndexPart part, out FieldValue value)
    {
        Span<uint> all = stackalloc uint[Oid.MostArcs];
        var arcs = ArcsOf(index, all);
        value = default;
        if (part.Start >= arcs.Length || part.End >= arcs.Length)
        {
            return false;
        }

        arcs = part.End is { } end ? arcs[part.Start..(end + 1)] : arcs[part.Start..];
        if (part.Format == IndexFormat.Dotted && arcs.Length == 1)
        {
            value = FieldValue.Of((long)arcs[0]);
            return true;
        }

        var text = part.Format switch
        {
            IndexFormat.Ip => Address(arcs),
            IndexFormat.Inet => Inet(arcs),
            IndexFormat.Mac => Octets(arcs) is { Length: > 0 } octets ? OctetText.ToHex(octets) : null,
            IndexFormat.String => Characters(arcs),
            _ => Dotted(arcs),
        };
        value = FieldValue.Of(text ?? "");
        return text is not null;
    }

    /// <summary>The whole index for 0, one arc of it from 1; null when it has not so many.</summary>
    public static string? Arc(ReadOnlySpan<byte> index, int arc)
    {
        if (arc == 0)
        {
            return Oid.ArcsToText(index);
        }

        Span<uint> all = stackalloc uint[Oid.MostArcs];
        var arcs = ArcsOf(index, all);
        return arc <= arcs.Length ? arcs[arc - 1].ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Puts the slices of an index one behind the other; 0 when the index is too short for them.</summary>
    public static int Transform(ReadOnlySpan<byte> index, IReadOnlyList<IndexSlice> slices, Span<byte> output)
    {
        var length = 0;
        for (var i = 0; i < slices.Count; i++)
        {
            var start = Offset(index, slices[i].Start);
            var end = Offset(index, slices[i].End + 1);
            if (start < 0 || end < 0)
            {
                return 0;
            }

            index[start..end].CopyTo(output[length..]);
            length += end - start;
        }

        return length;
    }

    /// <summary>A value as an index: a number is one arc, dotted numbers are their arcs; 0 when it is neither.</summary>
    public static int Encode(FieldValue value, Span<byte> output)
    {
        var text = value.Kind == FieldKind.String ? value.Text : value.ToString();

        // Two arcs before it make any index an identifier; their one byte is cut off again.
        if (!Oid.TryParse($"0.0.{text}", out var oid) || oid.Encoded.Length - 1 > output.Length)
        {
            return 0;
        }

        oid.Encoded[1..].CopyTo(output);
        return oid.Encoded.Length - 1;
    }

    /// <summary>Where an arc begins; the end of the index for the one behind the last, -1 beyond.</summary>
    private static int Offset(ReadOnlySpan<byte> index, int arc)
    {
        var at = 0;
        for (var i = 0; i < arc; i++)
        {
            if (at >= index.Length)
            {
                return -1;
            }

            while (at < index.Length && index[at] >= 0x80)
            {
                at++;
            }

            at++;
        }

        return Math.Min(at, index.Length);
    }

    private static ReadOnlySpan<uint> ArcsOf(ReadOnlySpan<byte> index, Span<uint> arcs)
    {
        var count = 0;
        foreach (var arc in new OidArcs(index))
        {
            if (count == arcs.Length)
            {
                break;
            }

            arcs[count++] = arc;
        }

        return arcs[..count];
    }

    private static string? Inet(ReadOnlySpan<uint> arcs)
    {
        // InetAddressType, the length, the octets (RFC 4001 section 4.1); type 16 is a name.
        if (arcs.Length < 2 || arcs[1] > (uint)(arcs.Length - 2))
        {
            return null;
        }

        var octets = arcs.Slice(2, (int)arcs[1]);
        return arcs[0] == 16 ? Characters(octets) : Address(octets);
    }

    private static string? Address(ReadOnlySpan<uint> arcs)
    {
        // A length before the octets stands there when the column's size varies.
        arcs = arcs.Length is 5 or 17 or 9 or 21 && arcs[0] == arcs.Length - 1 ? arcs[1..] : arcs;
        return arcs.Length is 4 or 16 && Octets(arcs) is { Length: > 0 } octets ? new IPAddress(octets).ToString()
            : arcs.Length is 8 or 20 && Octets(arcs) is { Length: > 0 } zoned ? ValueFormats.Address(zoned)
            : null;
    }

    private static string? Characters(ReadOnlySpan<uint> arcs)
    {
        arcs = arcs.Length > 0 && arcs[0] == arcs.Length - 1 ? arcs[1..] : arcs;
        return Octets(arcs) is { } octets ? OctetText.ToText(octets) : null;
    }

    /// <summary>Arcs as octets; null when one is none.</summary>
    private static byte[]? Octets(ReadOnlySpan<uint> arcs)
    {
        var octets = new byte[arcs.Length];
        for (var i = 0; i < arcs.Length; i++)
        {
            if (arcs[i] > byte.MaxValue)
            {
                return null;
            }

            octets[i] = (byte)arcs[i];
        }

        return octets;
    }

    private static string Dotted(ReadOnlySpan<uint> arcs)
    {
        var text = new StringBuilder();
        foreach (var arc in arcs)
        {
            text.Append(text.Length > 0 ? "." : "").Append(arc);
        }

        return text.ToString();
    }
}
