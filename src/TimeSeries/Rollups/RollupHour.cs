using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>The statistics of one hour of a field, as 64 bits each: as the columns hold them, or as scaled integers.</summary>
internal readonly record struct RollupHour(long Count, long Sum, long Min, long Max, long Last)
{
    /// <summary>What the sum would be if the values lay evenly between the smallest and the largest.</summary>
    public long Middle => unchecked(Count * (Min + ((Max - Min) >> 1)));

    public static RollupHour ReadRaw(ref ByteReader input, long count) =>
        new(count, (long)input.Fixed64(), (long)input.Fixed64(), (long)input.Fixed64(), (long)input.Fixed64());

    /// <summary>Reads scaled integers, given the last value of the hour before.</summary>
    public static RollupHour Read(ref ByteReader input, long count, ref long last)
    {
        var min = unchecked(last + input.ZigZag());
        var max = unchecked(min + (long)input.Varint());
        last = unchecked(max - (long)input.Varint());
        var hour = new RollupHour(count, 0, min, max, last);
        return hour with { Sum = unchecked(hour.Middle + input.ZigZag()) };
    }

    public void AddTo(SampleBlock block, int row, int first, FieldKind kind, IReadOnlyCollection<int>? wanted)
    {
        Add(RollupColumns.Count, FieldKind.Integer, Count);
        Add(RollupColumns.Sum, FieldKind.Float, Sum);
        Add(RollupColumns.Min, kind, Min);
        Add(RollupColumns.Max, kind, Max);
        Add(RollupColumns.Last, kind, Last);

        void Add(int statistic, FieldKind statisticKind, long bits)
        {
            if (wanted is null || wanted.Contains(first + statistic))
            {
                var column = block.ColumnOf(first + statistic, statisticKind, row);
                column.AddMissing(row - column.Count);
                column.Add(bits);
            }
        }
    }
}
