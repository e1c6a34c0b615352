using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Catalog;

/// <summary>
/// The key of a series as its difference from another one: series of one host share most of their tags. Bytes as they are and stretches of the other key take turns:
/// docs/formats/store.md, "catalog".
/// </summary>
internal static class KeyDifference
{
    /// <summary>A stretch costs two bytes or three.</summary>
    private const int ShortestCopy = 4;

    private const int LongestKey = 1 << 20;

    public static void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> other, ByteWriter output)
    {
        var (literal, at) = (0, 0);
        while (at < key.Length)
        {
            var (from, length) = Longest(key[at..], other);
            if (length < ShortestCopy)
            {
                at += Piece(key[at..]);
                continue;
            }

            Literal(key[literal..at], output);
            output.Varint((ulong)from);
            output.Varint((ulong)length);
            at += length;
            literal = at;
            at += at < key.Length && key[at - 1] != ',' ? Piece(key[at..]) : 0;
        }

        if (literal < key.Length)
        {
            Literal(key[literal..], output);
        }
    }

    public static void Read(ReadOnlySpan<byte> difference, ReadOnlySpan<byte> other, ByteWriter key)
    {
        var input = new ByteReader(difference);
        while (input.Remaining > 0)
        {
            key.Bytes(input.Bytes(input.Count(input.Remaining)));
            if (input.Remaining > 0)
            {
                var from = input.Count(other.Length);
                key.Bytes(other.Slice(from, input.Count(other.Length - from)));
            }

            if (key.Length > LongestKey)
            {
                throw new TornDataException("a key without end");
            }
        }
    }

    private static void Literal(ReadOnlySpan<byte> bytes, ByteWriter output)
    {
        output.Varint((ulong)bytes.Length);
        output.Bytes(bytes);
    }

    /// <summary>Stretches begin where a tag begins; trying every byte would cost more than it saves.</summary>
    private static (int From, int Length) Longest(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> other)
    {
        var (from, longest) = (0, 0);
        for (var start = 0; start < other.Length; start += Piece(other[start..]))
        {
            var length = rest.CommonPrefixLength(other[start..]);
            (from, longest) = length > longest ? (start, length) : (from, longest);
        }

        return (from, longest);
    }

    /// <summary>Up to and with the next comma.</summary>
    private static int Piece(ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        return comma < 0 ? text.Length : comma + 1;
    }
}
