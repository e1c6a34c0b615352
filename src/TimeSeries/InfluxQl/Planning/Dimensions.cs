using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Checks what a select groups by, and finds the windows of time among it.</summary>
internal static class Dimensions
{
    public static Interval IntervalOf(IReadOnlyList<Expr> dimensions, long now, TimeZoneInfo? zone)
    {
        var interval = default(Interval);
        foreach (var dimension in dimensions)
        {
            switch (dimension)
            {
                case Reference reference when reference.Name.Equals("time", StringComparison.OrdinalIgnoreCase):
                    throw new QueryException("time() is a function and expects at least one argument");
                case Reference or Wildcard or RegexLiteral:
                    break;
                case Call { Name: not "time" }:
                    throw new QueryException("only time() calls allowed in dimensions");
                case Call call:
                    interval = interval.IsNone ? Read(call, now, zone) : throw new QueryException("multiple time dimensions not allowed");
                    break;
                default:
                    throw new QueryException("only time and tag dimensions allowed");
            }
        }

        return interval;
    }

    private static Interval Read(Call call, long now, TimeZoneInfo? zone)
    {
        if (call.Arguments.Count is < 1 or > 2)
        {
            throw new QueryException("time dimension expected 1 or 2 arguments");
        }

        if (call.Arguments[0] is not DurationLiteral { Nanoseconds: var duration })
        {
            throw new QueryException("time dimension must have duration argument");
        }

        if (duration < 0)
        {
            throw new QueryException("time dimension must have a positive duration");
        }

        return duration == 0 || call.Arguments.Count == 1 ? new Interval(duration, 0) : new Interval(duration, OffsetOf(call.Arguments[1], duration, now, zone));
    }

    private static long OffsetOf(Expr offset, long duration, long now, TimeZoneInfo? zone) => offset switch
    {
        DurationLiteral shift => shift.Nanoseconds % duration,
        TimeLiteral time => Since(time.Nanoseconds, duration),
        Call { Name: not "now" } => throw new QueryException("time dimension offset function must be now()"),
        Call { Arguments.Count: > 0 } => throw new QueryException("time dimension offset now() function requires no arguments"),
        Call => Since(now, duration),
        TextLiteral text when TimeText.TryParse(text.Value, zone, out _) => throw new QueryException($"invalid time dimension offset: {text}"),
        _ => throw new QueryException("time dimension offset must be duration or now()"),
    };

    private static long Since(long time, long duration) => ((time % duration) + duration) % duration;
}
