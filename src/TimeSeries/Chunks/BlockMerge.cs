using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>
/// Joins blocks of one series. Where both have a time, the fields of both make one row and the later write wins, as InfluxDB does it.
/// </summary>
internal static class BlockMerge
{
    /// <summary>Appends the rows of the later write when all of them are newer than what is there; false when they interleave.</summary>
    public static bool TryAppend(SampleBlock target, SampleBlock later)
    {
        if (later.Count == 0)
        {
            return true;
        }

        if (target.Count > 0 && target.Times[^1] >= later.Times[0])
        {
            return false;
        }

        Append(target, later, 0, later.Count);
        return true;
    }

    /// <summary>Fills an empty block with the rows of both.</summary>
    public static void Merge(SampleBlock earlier, SampleBlock later, SampleBlock into)
    {
        int left = 0, right = 0;
        while (left < earlier.Count || right < later.Count)
        {
            var leftTime = left < earlier.Count ? earlier.Times[left] : long.MaxValue;
            var rightTime = right < later.Count ? later.Times[right] : long.MaxValue;
            var hasLeft = left < earlier.Count && (leftTime <= rightTime || right == later.Count);
            var hasRight = right < later.Count && (rightTime <= leftTime || left == earlier.Count);
            if (hasLeft)
            {
                Append(into, earlier, left++, 1);
                if (hasRight)
                {
                    Overwrite(into, later, right++);
                }
            }
            else
            {
                Append(into, later, right++, 1);
            }
        }
    }

    /// <summary>Appends a stretch of rows.</summary>
    public static void Append(SampleBlock target, SampleBlock source, int first, int count)
    {
        var before = target.Count;
        source.Times.Slice(first, count).CopyTo(target.AddTimes(count));
        foreach (var column in source.Columns)
        {
            var copy = target.ColumnOf(column.Field, column.Kind, before);
            copy.AddMissing(before - copy.Count);
            if (column.AllPresent && column.Kind != FieldKind.String)
            {
                column.Bits.Slice(first, count).CopyTo(copy.AddRows(count));
                continue;
            }

            for (var row = first; row < first + count; row++)
            {
                if (column.IsPresent(row))
                {
                    copy.Add(Translate(target, source, column, row));
                }
                else
                {
                    copy.AddMissing(1);
                }
            }
        }

        target.Level();
    }

    private static void Overwrite(SampleBlock target, SampleBlock source, int row)
    {
        foreach (var column in source.Columns)
        {
            if (column.IsPresent(row))
            {
                var copy = target.ColumnOf(column.Field, column.Kind, target.Count);
                copy.Replace(target.Count - 1, Translate(target, source, column, row));
            }
        }
    }

    private static long Translate(SampleBlock target, SampleBlock source, SampleColumn column, int row)
    {
        var bits = column.Bits[row];
        return column.Kind == FieldKind.String ? target.AddText(source.Text(bits)) : bits;
    }
}
