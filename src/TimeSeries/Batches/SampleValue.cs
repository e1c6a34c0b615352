using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries;

/// <summary>One field of one row of a <see cref="SampleBatch"/>.</summary>
public readonly struct SampleValue
{
    internal SampleValue(int field, FieldKind kind, long bits)
    {
        Bits = bits;
        Field = field;
        Kind = kind;
    }

    /// <summary>The value as <see cref="FieldValue.Bits"/> has it; of a string, its <see cref="TextIndex"/>.</summary>
    public long Bits { get; }

    /// <summary>Index into <see cref="Series.Fields"/>.</summary>
    public int Field { get; }

    public FieldKind Kind { get; }

    /// <summary>Which text of the batch a string is; see <see cref="SampleBatch.Text"/>.</summary>
    public int TextIndex => (int)Bits;

    /// <summary>Numbers as a double, booleans as 0 or 1, NaN for a string.</summary>
    public double AsDouble() => FieldValue.FromBits(Kind, Bits).AsDouble();
}

/// <summary>One point of a batch: the values of one series at one time.</summary>
public readonly struct SampleRow
{
    internal SampleRow(Series series, long timestamp, int firstValue, int valueCount)
    {
        Series = series;
        Timestamp = timestamp;
        FirstValue = firstValue;
        ValueCount = valueCount;
    }

    public Series Series { get; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long Timestamp { get; }

    public int FirstValue { get; }

    public int ValueCount { get; }
}
