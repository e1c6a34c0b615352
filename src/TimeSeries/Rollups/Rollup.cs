using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries;

/// <summary>One hour of one field in brief. Booleans count as 0 and 1; string fields have no roll-ups.</summary>
/// <param name="Time">The hour's first nanosecond since 1970-01-01 UTC.</param>
/// <param name="Count">Values in the hour, at least 1.</param>
/// <param name="Sum">Their sum; of decimals, the decimal sum.</param>
/// <param name="Min">The smallest value, of the field's own kind (integer for a boolean).</param>
/// <param name="Max">The largest value.</param>
/// <param name="Last">The value with the latest time.</param>
public readonly record struct Rollup(long Time, long Count, double Sum, FieldValue Min, FieldValue Max, FieldValue Last)
{
    public double Mean => Sum / Count;
}
