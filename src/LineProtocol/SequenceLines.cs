using System.Buffers;

namespace NocMonitor.LineProtocol;

/// <summary>Takes the good or bad line that the reader stands at. Its spans end with the call.</summary>
public delegate void LineVisitor(ref LineReader line);

/// <summary>
/// Reads line protocol from the segments of a sequence, such as a pipe's. Lines that lie within a segment are read where they are; one that crosses a
/// border is put together in a buffer that is reused and never longer than a line and a segment. One text at a time, one thread at a time.
/// </summary>
public sealed class SequenceLines(LineScratch scratch, LineLimits? limits = null)
{
    private byte[] _carry = new byte[256];
    private int _carried;

    /// <summary>Shows each line to the visitor. Without <paramref name="isFinal"/> the unfinished line at the end is left for the next call.</summary>
    /// <returns>The end of what was read: the next sequence must begin there.</returns>
    public SequencePosition Read(in ReadOnlySequence<byte> text, bool isFinal, TimePrecision precision, LineVisitor visit)
    {
        _carried = 0;
        long consumed = 0;
        foreach (var segment in text)
        {
            var rest = segment.Span;
            while (_carried > 0 && !rest.IsEmpty)
            {
                Carry(ref rest);
                consumed += ReadCarried(isFinal: false, precision, visit);
            }

            var count = ReadLines(rest, isFinal: false, precision, visit);
            consumed += count;
            Append(rest[count..]);
        }

        if (isFinal)
        {
            consumed += ReadCarried(isFinal: true, precision, visit);
        }

        return text.GetPosition(consumed);
    }

    /// <summary>
    /// Takes over from a segment up to the end of a line, and at least as much as is carried already: a text value full of line feeds is then looked at a few
    /// times and not once a feed.
    /// </summary>
    private void Carry(ref ReadOnlySpan<byte> rest)
    {
        var least = Math.Min(_carried, rest.Length) - 1;
        var feed = rest[least..].IndexOf((byte)'\n');
        var count = feed < 0 ? rest.Length : least + feed + 1;
        Append(rest[..count]);
        rest = rest[count..];
    }

    private int ReadCarried(bool isFinal, TimePrecision precision, LineVisitor visit)
    {
        var count = ReadLines(_carry.AsSpan(0, _carried), isFinal, precision, visit);
        _carry.AsSpan(count, _carried - count).CopyTo(_carry);
        _carried -= count;
        return count;
    }

    private int ReadLines(ReadOnlySpan<byte> text, bool isFinal, TimePrecision precision, LineVisitor visit)
    {
        var reader = new LineReader(scratch, text, isFinal, precision, limits);
        while (reader.Read())
        {
            visit(ref reader);
        }

        return reader.Consumed;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_carry.Length - _carried < bytes.Length)
        {
            Array.Resize(ref _carry, Math.Max(_carry.Length * 2, _carried + bytes.Length));
        }

        bytes.CopyTo(_carry.AsSpan(_carried));
        _carried += bytes.Length;
    }
}
