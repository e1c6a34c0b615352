using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>How a column says which rows carry it; the numbers are on disk.</summary>
internal enum PresenceForm
{
    All = 0,
    Bits = 1,
    Rows = 2,
}

/// <summary>Which rows of a chunk carry a field: all, a bit a row, or a list of rows, whichever is smaller.</summary>
internal static class Presence
{
    public static PresenceForm Write(SampleColumn column, ByteWriter output)
    {
        if (column.AllPresent)
        {
            return PresenceForm.All;
        }

        if (column.PresentCount * 2 < column.Count / 8)
        {
            WriteRows(column, output);
            return PresenceForm.Rows;
        }

        WriteBits(column, output);
        return PresenceForm.Bits;
    }

    /// <summary>Reads into a bitmap; gives the number of rows that carry the field. The bitmap stays untouched when all do.</summary>
    public static int Read(PresenceForm form, ref ByteReader input, int count, Span<ulong> bitmap)
    {
        switch (form)
        {
            case PresenceForm.All:
                return count;
            case PresenceForm.Bits:
                return ReadBits(ref input, count, bitmap);
            case PresenceForm.Rows:
                return ReadRows(ref input, count, bitmap);
            default:
                throw new TornDataException("an unknown form of presence");
        }
    }

    private static void WriteBits(SampleColumn column, ByteWriter output)
    {
        var target = output.Reserve((column.Count + 7) / 8);
        target.Clear();
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsPresent(row))
            {
                target[row >> 3] |= (byte)(1 << (row & 7));
            }
        }
    }

    private static void WriteRows(SampleColumn column, ByteWriter output)
    {
        output.Varint((ulong)column.PresentCount);
        var last = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsPresent(row))
            {
                output.Varint((ulong)(row - last));
                last = row;
            }
        }
    }

    private static int ReadBits(ref ByteReader input, int count, Span<ulong> bitmap)
    {
        var source = input.Bytes((count + 7) / 8);
        bitmap.Clear();
        for (var i = 0; i < source.Length; i++)
        {
            bitmap[i >> 3] |= (ulong)source[i] << ((i & 7) * 8);
        }

        return Bitmap.Population(bitmap, count);
    }

    private static int ReadRows(ref ByteReader input, int count, Span<ulong> bitmap)
    {
        bitmap.Clear();
        var present = input.Count(count);
        var row = 0;
        for (var i = 0; i < present; i++)
        {
            row += input.Count(count);
            if (row >= count)
            {
                throw new TornDataException("a row beyond the last");
            }

            Bitmap.Set(bitmap, row);
        }

        return Bitmap.Population(bitmap, count);
    }
}
