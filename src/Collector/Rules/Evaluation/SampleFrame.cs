using NocMonitor.Collector.Rules.Language;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Fills a frame from a row of a batch, and feeds the windows of its series.</summary>
internal static class SampleFrame
{
    public static void Fill(this ConditionFrame frame, SampleBatch batch, in SampleRow row, FieldMap map, FieldSlots slots)
    {
        frame.Clear(slots.Count);
        frame.Time = row.Timestamp;
        var values = frame.Values;
        foreach (ref readonly var value in batch.Values(row))
        {
            var slot = map[value.Field];
            if (slot < 0)
            {
                continue;
            }

            if (value.Kind != FieldKind.String)
            {
                values[slot] = NumberOf(value.Kind, value.Bits);
            }
            else if (slots.IsText(slot))
            {
                frame.Texts[slot] = batch.Text(value);
            }
        }
    }

    /// <summary>The same from a row of a block that was read from the store.</summary>
    public static void Fill(this ConditionFrame frame, SampleBlock block, int row, FieldMap map, FieldSlots slots)
    {
        frame.Clear(slots.Count);
        frame.Time = block.Times[row];
        foreach (var column in block.Columns)
        {
            var slot = map[column.Field];
            if (slot < 0 || !column.IsPresent(row))
            {
                continue;
            }

            var bits = column.Bits[row];
            if (column.Kind != FieldKind.String)
            {
                frame.Values[slot] = NumberOf(column.Kind, bits);
            }
            else if (slots.IsText(slot))
            {
                frame.Texts[slot] = block.Text(bits);
            }
        }
    }

    /// <summary>Lets the windows of the series take the sample in.</summary>
    public static void Feed(this ConditionFrame frame, SeriesIdentity identity)
    {
        if (identity.Windows is not { } windows)
        {
            return;
        }

        frame.Windows = windows;
        var specs = identity.Bound.Slots.Windows;
        foreach (var index in identity.Bound.Windows)
        {
            var slot = specs[index].Slot;
            var value = frame.Texts[slot] is { } text ? TextNumber(text) : frame.Values[slot];
            if (!double.IsNaN(value))
            {
                windows[index]!.Take(frame.Time, value);
            }
        }
    }

    private static double NumberOf(FieldKind kind, long bits) => kind switch
    {
        FieldKind.Float => BitConverter.Int64BitsToDouble(bits),
        FieldKind.Unsigned => (ulong)bits,
        _ => bits,
    };

    /// <summary>A text as a number that differs when the text does: enough to count changes.</summary>
    public static double TextNumber(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return hash >> 12;
    }
}
