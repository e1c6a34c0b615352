namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>What a value of an answer is.</summary>
public enum ValueType : byte
{
    /// <summary>No value.</summary>
    None,
    Float,
    Integer,
    Unsigned,
    Boolean,
    Text,

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    Time,
}
