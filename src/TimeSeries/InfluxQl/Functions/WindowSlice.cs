using NocMonitor.TimeSeries.InfluxQl.Execution;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>The points of one window: a stretch of a list in order of time.</summary>
internal readonly record struct WindowSlice(Points Points, int First, int Length, long Start, bool AtTheirTime)
{
    public ValueType Type => Points.Values.Type;

    public long BitsAt(int offset) => Points.Values.Bits[First + offset];

    public double NumberAt(int offset) => Type switch
    {
        ValueType.Float => BitConverter.Int64BitsToDouble(BitsAt(offset)),
        ValueType.Unsigned => (ulong)BitsAt(offset),
        _ => BitsAt(offset),
    };

    public long TimeAt(int offset) => Points.Times[First + offset];

    /// <summary>Compares two values of the slice.</summary>
    public int Compare(int left, int right) => Type switch
    {
        ValueType.Float => NumberAt(left).CompareTo(NumberAt(right)),
        ValueType.Unsigned => ((ulong)BitsAt(left)).CompareTo((ulong)BitsAt(right)),
        ValueType.Text => string.CompareOrdinal(Points.Texts[BitsAt(left)], Points.Texts[BitsAt(right)]),
        _ => BitsAt(left).CompareTo(BitsAt(right)),
    };

    /// <summary>The offsets in order of value, those of one value in order of time.</summary>
    public int[] ByValue()
    {
        var offsets = new int[Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = i;
        }

        var slice = this;
        Array.Sort(offsets, (left, right) => slice.Compare(left, right) is var byValue && byValue != 0 ? byValue : left.CompareTo(right));
        return offsets;
    }
}
