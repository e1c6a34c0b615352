namespace NocMonitor.LineProtocol;

/// <summary>The unit a line's timestamp counts in; the sender names it beside the lines, the receiver converts.</summary>
public enum TimePrecision : byte
{
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
}

/// <summary>The words of <c>precision=</c> in the HTTP write APIs, versions 1 and 2, and their lengths.</summary>
public static class TimePrecisions
{
    /// <summary>Reads <c>ns n us u µs µ ms s m h</c>; nothing means nanoseconds.</summary>
    public static bool TryParse(string? word, out TimePrecision precision)
    {
        (var known, precision) = word switch
        {
            null or "" or "ns" or "n" => (true, TimePrecision.Nanoseconds),
            "us" or "u" or "µs" or "µ" => (true, TimePrecision.Microseconds),
            "ms" => (true, TimePrecision.Milliseconds),
            "s" => (true, TimePrecision.Seconds),
            "m" => (true, TimePrecision.Minutes),
            "h" => (true, TimePrecision.Hours),
            _ => (false, TimePrecision.Nanoseconds),
        };
        return known;
    }

    /// <summary>The length of one unit in nanoseconds.</summary>
    public static long Nanoseconds(this TimePrecision precision) => precision switch
    {
        TimePrecision.Microseconds => 1_000,
        TimePrecision.Milliseconds => 1_000_000,
        TimePrecision.Seconds => 1_000_000_000,
        TimePrecision.Minutes => 60_000_000_000,
        TimePrecision.Hours => 3_600_000_000_000,
        _ => 1,
    };
}
