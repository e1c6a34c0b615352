using System.Buffers;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>The sorted key of a record, read without making a text of it. Needs no lock.</summary>
internal sealed partial class SeriesKeys
{
    /// <summary>Bytes of the sorted key.</summary>
    public int Length(ReadOnlySpan<byte> record)
    {
        if (IsWhole(record))
        {
            return Math.Max(0, record.Length - OrderBytes);
        }

        var length = 0;
        for (var i = PartCount(record) - 1; i >= 0; i--)
        {
            length += Parts.Text(Part(record, i)).Length;
        }

        return length;
    }

    /// <summary>Writes the sorted key; gives its length.</summary>
    public int CopyTo(ReadOnlySpan<byte> record, Span<byte> target)
    {
        if (IsWhole(record))
        {
            record[OrderBytes..].CopyTo(target);
            return record.Length - OrderBytes;
        }

        var written = 0;
        for (var i = 0; i < PartCount(record); i++)
        {
            var text = Parts.Text(SortedPart(record, i));
            text.CopyTo(target[written..]);
            written += text.Length;
        }

        return written;
    }

    /// <summary>Compares the bytes of two sorted keys. Parts that both have are not looked at.</summary>
    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (IsWhole(left) || IsWhole(right))
        {
            return Bytes(left).AsSpan().SequenceCompareTo(Bytes(right));
        }

        var (leftCount, rightCount) = (PartCount(left), PartCount(right));
        for (var i = 0; i < Math.Min(leftCount, rightCount); i++)
        {
            var (one, other) = (SortedPart(left, i), SortedPart(right, i));
            if (one != other)
            {
                return Compare(Parts.Text(one), i + 1 < leftCount, Parts.Text(other), i + 1 < rightCount);
            }
        }

        return leftCount - rightCount;
    }

    /// <summary>The value of a tag; null when the key does not have it.</summary>
    public string? FindTag(ReadOnlySpan<byte> record, string name)
    {
        if (IsWhole(record))
        {
            return SeriesKey.Parse(record[OrderBytes..]).FindTag(name);
        }

        for (var i = PartCount(record) - 1; i > 0; i--)
        {
            var part = Part(record, i);
            if (KeyPieces.HasKey(Parts.Text(part), name))
            {
                return Parts.Value(part, keepsRare: true);
            }
        }

        return null;
    }

    /// <summary>The tags in order of their keys.</summary>
    /// <param name="record">The record.</param>
    /// <param name="keepsRare">See <see cref="KeyParts.Value"/>.</param>
    public IEnumerable<KeyValuePair<string, string>> Tags(KeyBytes record, bool keepsRare)
    {
        if (IsWhole(record.Span))
        {
            foreach (var tag in SeriesKey.Parse(record.Span[OrderBytes..]).Tags)
            {
                yield return tag;
            }

            yield break;
        }

        for (var i = 1; i < PartCount(record.Span); i++)
        {
            var part = SortedPart(record.Span, i);
            yield return new(TagKey(part), Parts.Value(part, keepsRare));
        }
    }

    /// <summary>The key of a tag.</summary>
    public string TagKey(int part)
    {
        var key = KeyPieces.KeyOf(Parts.Text(part));
        return key.Contains((byte)'\\') ? LineEscapes.Key(key) : _tagKeys.Intern(key);
    }

    /// <summary>The number of a tag; negative when no series has it.</summary>
    public int FindTag(string key, string value)
    {
        var piece = new ArrayBufferWriter<byte>();
        var number = LineWriter.TryWriteTag(piece, key, value) ? Parts.Find(piece.WrittenSpan) : -1;

        // What a line cannot hold is written as something else, which another tag may be.
        return number >= 0 && TagKey(number) == key && Parts.Value(number, keepsRare: false) == value ? number : -1;
    }

    private byte[] Bytes(ReadOnlySpan<byte> record)
    {
        var bytes = new byte[Length(record)];
        CopyTo(record, bytes);
        return bytes;
    }

    /// <summary>Where one text is the beginning of the other, what follows it decides: a comma or the end.</summary>
    private static int Compare(ReadOnlySpan<byte> left, bool leftGoesOn, ReadOnlySpan<byte> right, bool rightGoesOn)
    {
        var shared = left.CommonPrefixLength(right);
        return After(left, leftGoesOn) - After(right, rightGoesOn);

        int After(ReadOnlySpan<byte> text, bool goesOn) => shared < text.Length ? text[shared] : goesOn ? ',' : -1;
    }
}
