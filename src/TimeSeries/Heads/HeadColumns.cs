using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>Turns rows of a head that are in order of time, each time once, into columns.</summary>
internal static class HeadColumns
{
    /// <summary>Fills an empty block.</summary>
    /// <param name="fields">The fields that are wanted; all when null.</param>
    public static void AppendTo(SampleBlock block, FieldLayout layout, ReadOnlySpan<long> rows, List<string>? texts, int[]? fields)
    {
        var times = block.AddTimes(rows.Length / layout.Stride);
        for (var (row, at) = (0, 0); row < times.Length; row++, at += layout.Stride)
        {
            times[row] = rows[at];
        }

        for (var i = 0; i < (fields?.Length ?? layout.Fields.Length); i++)
        {
            var field = fields is null ? i : fields[i];
            if (field < layout.Fields.Length)
            {
                AppendColumn(block, layout, rows, texts, field);
            }
        }

        block.Level();
    }

    private static void AppendColumn(SampleBlock block, FieldLayout layout, ReadOnlySpan<long> rows, List<string>? texts, int field)
    {
        var (word, bit, place) = (1 + (field >> 6), 1L << (field & 63), 1 + layout.PresenceWords + field);
        var present = 0;
        for (var at = 0; at < rows.Length; at += layout.Stride)
        {
            present += (rows[at + word] & bit) != 0 ? 1 : 0;
        }

        if (present == 0)
        {
            return;
        }

        var kind = layout.Fields[field].Kind;
        var column = block.ColumnOf(field, kind, 0);
        if (present == block.Count && kind != FieldKind.String)
        {
            var bits = column.AddRows(present);
            for (var (row, at) = (0, place); row < bits.Length; row++, at += layout.Stride)
            {
                bits[row] = rows[at];
            }

            return;
        }

        for (var at = 0; at < rows.Length; at += layout.Stride)
        {
            if ((rows[at + word] & bit) == 0)
            {
                column.AddMissing(1);
            }
            else
            {
                column.Add(kind == FieldKind.String ? block.AddText(texts![(int)rows[at + place]]) : rows[at + place]);
            }
        }
    }
}
