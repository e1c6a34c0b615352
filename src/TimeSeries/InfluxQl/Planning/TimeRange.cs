using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>From and to, both inclusive, in nanoseconds since 1970-01-01 UTC; an end that is not given is the bound of all time.</summary>
internal readonly record struct TimeRange(long Min, long Max)
{
    public static TimeRange All => new(TimeText.Min, TimeText.Max);

    public bool HasMin => Min > TimeText.Min;

    public bool HasMax => Max < TimeText.Max;

    public bool IsEmpty => Min > Max;

    /// <summary>Longer by so many windows on the side where reading begins; an end that is not given stays open.</summary>
    public TimeRange Extended(int windows, Interval interval, bool ascending)
    {
        var extra = (Int128)windows * interval.Duration;
        return extra == 0 ? this
            : ascending ? this with { Min = HasMin ? (long)Int128.Max(TimeText.Min, Min - extra) : Min }
            : this with { Max = HasMax ? (long)Int128.Min(TimeText.Max, Max + extra) : Max };
    }

    public TimeRange Intersect(TimeRange other) => new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
}
