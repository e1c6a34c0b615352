using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>Sums up an hour of a series. One thread at a time; its work space is reused.</summary>
internal sealed class HourSummary
{
    private readonly List<int> _exceptions = [];
    private long[] _present = [];
    private long[] _scaled = [];

    /// <summary>Appends one row to an empty block.</summary>
    public void AppendTo(SampleBlock target, SampleBlock hour, long hourStart)
    {
        target.AddTimes(1)[0] = hourStart;
        foreach (var column in hour.Columns)
        {
            if (column.Kind != FieldKind.String && column.PresentCount > 0)
            {
                Append(target, column, Present(column));
            }
        }

        target.Level();
    }

    private void Append(SampleBlock target, SampleColumn column, ReadOnlySpan<long> values)
    {
        var first = column.Field * RollupColumns.PerField;
        var kind = RollupColumns.ValueKind(column.Kind);
        var (minimum, maximum) = Range(column.Kind, values);
        Add(RollupColumns.Count, FieldKind.Integer, values.Length);
        Add(RollupColumns.Sum, FieldKind.Float, BitConverter.DoubleToInt64Bits(Sum(column.Kind, values)));
        Add(RollupColumns.Min, kind, minimum);
        Add(RollupColumns.Max, kind, maximum);
        Add(RollupColumns.Last, kind, values[^1]);

        void Add(int statistic, FieldKind statisticKind, long bits) => target.ColumnOf(first + statistic, statisticKind, 0).Add(bits);
    }

    private static (long Minimum, long Maximum) Range(FieldKind kind, ReadOnlySpan<long> values)
    {
        var (minimum, maximum) = (values[0], values[0]);
        foreach (var bits in values)
        {
            minimum = IsLess(kind, bits, minimum) ? bits : minimum;
            maximum = IsLess(kind, maximum, bits) ? bits : maximum;
        }

        return (minimum, maximum);
    }

    private static bool IsLess(FieldKind kind, long left, long right) => kind switch
    {
        FieldKind.Float => BitConverter.Int64BitsToDouble(left) < BitConverter.Int64BitsToDouble(right),
        FieldKind.Unsigned => (ulong)left < (ulong)right,
        _ => left < right,
    };

    /// <summary>Decimals are summed as integers: adding 0.1 ten times as doubles does not give 1, and what it gives packs badly.</summary>
    private double Sum(FieldKind kind, ReadOnlySpan<long> values)
    {
        if (kind == FieldKind.Float)
        {
            return SumFloats(values);
        }

        Int128 sum = 0;
        foreach (var bits in values)
        {
            sum += kind == FieldKind.Unsigned ? (ulong)bits : bits;
        }

        return (double)sum;
    }

    private double SumFloats(ReadOnlySpan<long> values)
    {
        if (_scaled.Length < values.Length)
        {
            _scaled = new long[values.Length];
        }

        var scaled = _scaled.AsSpan(0, values.Length);
        var scale = DecimalScale.Choose(values, scaled, _exceptions);
        if (scale >= 0 && _exceptions.Count == 0)
        {
            Int128 exact = 0;
            foreach (var value in scaled)
            {
                exact += value;
            }

            return (double)exact / Math.Pow(10, scale);
        }

        double sum = 0;
        foreach (var bits in values)
        {
            sum += BitConverter.Int64BitsToDouble(bits);
        }

        return sum;
    }

    private ReadOnlySpan<long> Present(SampleColumn column)
    {
        if (column.AllPresent)
        {
            return column.Bits;
        }

        if (_present.Length < column.PresentCount)
        {
            _present = new long[column.Count];
        }

        var next = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsPresent(row))
            {
                _present[next++] = column.Bits[row];
            }
        }

        return _present.AsSpan(0, next);
    }
}
