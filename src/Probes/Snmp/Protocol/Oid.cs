using System.Globalization;
using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// An object identifier, immutable. It holds the content bytes of its BER encoding (X.690 section 8.19: each arc in base 128, the first two in one),
/// so that equality and "lies under" are comparisons of bytes. The default value is the empty identifier, under which everything lies.
/// </summary>
public readonly struct Oid : IEquatable<Oid>, IComparable<Oid>
{
    /// <summary>Arcs that a name may have (RFC 2578 section 3.5).</summary>
    public const int MostArcs = 128;

    /// <summary>The bytes that so many arcs of 32 bits can need.</summary>
    public const int LongestEncoded = MostArcs * 5;

    private readonly byte[]? _encoded;

    private Oid(byte[] encoded) => _encoded = encoded;

    /// <summary>The content bytes of the BER encoding.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    public bool IsEmpty => _encoded is null or { Length: 0 };

    /// <summary>Numbers in its dotted form.</summary>
    public int ArcCount => IsEmpty ? 0 : CountArcs(Encoded) + 1;

    /// <summary>Takes a copy of content bytes as they stand in a message.</summary>
    public static Oid FromEncoded(ReadOnlySpan<byte> encoded) => new(encoded.ToArray());

    /// <summary>The identifier of these arcs: two at least, the first 0, 1 or 2.</summary>
    public static Oid Of(params ReadOnlySpan<uint> arcs) =>
        TryEncode(arcs, out var oid) ? oid : throw new ArgumentException("not the arcs of an object identifier", nameof(arcs));

    /// <exception cref="FormatException">The text is not an object identifier.</exception>
    public static Oid Parse(string text) =>
        TryParse(text, out var oid) ? oid : throw new FormatException($"'{text}' is not an object identifier such as 1.3.6.1.2.1.1.3.0");

    /// <summary>Reads dotted numbers, with or without a leading dot.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Oid oid)
    {
        oid = default;
        text = text.StartsWith(".") ? text[1..] : text;
        Span<uint> arcs = stackalloc uint[MostArcs];
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            if (count == MostArcs || !uint.TryParse(text[range], NumberStyles.None, CultureInfo.InvariantCulture, out arcs[count]))
            {
                return false;
            }

            count++;
        }

        return TryEncode(arcs[..count], out oid);
    }

    /// <summary>True when this is the prefix itself or lies under it.</summary>
    public bool StartsWith(Oid prefix) => Encoded.StartsWith(prefix.Encoded);

    /// <summary>This identifier with more arcs behind it.</summary>
    public Oid Append(params ReadOnlySpan<uint> arcs)
    {
        Span<byte> buffer = stackalloc byte[Encoded.Length + (arcs.Length * 5)];
        Encoded.CopyTo(buffer);
        var length = Encoded.Length;
        foreach (var arc in arcs)
        {
            length += WriteArc(buffer[length..], arc);
        }

        return FromEncoded(buffer[..length]);
    }

    /// <summary>This identifier with encoded arcs behind it, such as a row's index.</summary>
    public Oid Append(ReadOnlySpan<byte> encodedArcs) => new([.. Encoded, .. encodedArcs]);

    /// <summary>Orders by arcs, as a walk goes: a prefix stands before what lies under it.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // The first different byte may stand in the middle of an arc.
        while (same > 0 && left[same - 1] >= 0x80)
        {
            same--;
        }

        var leftArcs = new OidArcs(left[same..]);
        var rightArcs = new OidArcs(right[same..]);
        leftArcs.MoveNext();
        rightArcs.MoveNext();
        var order = leftArcs.Current.CompareTo(rightArcs.Current);
        return order != 0 ? order : left.SequenceCompareTo(right);
    }

    /// <summary>Whether content bytes from a message can be read as arcs: not empty, not too long, the last arc complete.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> encoded) => (uint)(encoded.Length - 1) < LongestEncoded && encoded[^1] < 0x80;

    /// <summary>Content bytes in dotted form. No bytes stand for 0.0, as some devices send it.</summary>
    public static string ToText(ReadOnlySpan<byte> encoded)
    {
        var text = new StringBuilder(encoded.Length * 3);
        var arcs = new OidArcs(encoded);
        var first = arcs.MoveNext() ? arcs.Current : 0;
        var root = Math.Min(first / 40, 2);
        text.Append(CultureInfo.InvariantCulture, $"{root}.{first - (root * 40)}");
        while (arcs.MoveNext())
        {
            text.Append('.').Append(arcs.Current);
        }

        return text.ToString();
    }

    /// <summary>Encoded arcs that are no whole identifier, such as a row's index, in dotted form.</summary>
    public static string ArcsToText(ReadOnlySpan<byte> encodedArcs)
    {
        var text = new StringBuilder(encodedArcs.Length * 3);
        var arcs = new OidArcs(encodedArcs);
        while (arcs.MoveNext())
        {
            text.Append(text.Length > 0 ? "." : "").Append(arcs.Current);
        }

        return text.ToString();
    }

    public int CompareTo(Oid other) => Compare(Encoded, other.Encoded);

    public bool Equals(Oid other) => Encoded.SequenceEqual(other.Encoded);

    public override bool Equals(object? obj) => obj is Oid other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Encoded);
        return hash.ToHashCode();
    }

    public override string ToString() => IsEmpty ? "" : ToText(Encoded);

    public static bool operator ==(Oid left, Oid right) => left.Equals(right);

    public static bool operator !=(Oid left, Oid right) => !left.Equals(right);

    public static bool operator <(Oid left, Oid right) => left.CompareTo(right) < 0;

    public static bool operator >(Oid left, Oid right) => left.CompareTo(right) > 0;

    public static bool operator <=(Oid left, Oid right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Oid left, Oid right) => left.CompareTo(right) >= 0;

    private static bool TryEncode(ReadOnlySpan<uint> arcs, out Oid oid)
    {
        oid = default;
        if (arcs.Length is < 2 or > MostArcs || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39) || arcs[1] > uint.MaxValue - 80)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[LongestEncoded];
        var length = WriteArc(buffer, (arcs[0] * 40) + arcs[1]);
        foreach (var arc in arcs[2..])
        {
            length += WriteArc(buffer[length..], arc);
        }

        oid = FromEncoded(buffer[..length]);
        return true;
    }

    private static int WriteArc(Span<byte> buffer, uint arc)
    {
        var length = arc < 1u << 7 ? 1 : arc < 1u << 14 ? 2 : arc < 1u << 21 ? 3 : arc < 1u << 28 ? 4 : 5;
        for (var i = length - 1; i >= 0; i--)
        {
            buffer[i] = (byte)((arc & 0x7F) | (i == length - 1 ? 0u : 0x80u));
            arc >>= 7;
        }

        return length;
    }

    private static int CountArcs(ReadOnlySpan<byte> encoded)
    {
        var count = 0;
        foreach (var value in encoded)
        {
            count += value < 0x80 ? 1 : 0;
        }

        return count;
    }
}
