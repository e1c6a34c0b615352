namespace NocMonitor.LineProtocol;

/// <summary>Time as line protocol counts it: nanoseconds since 1970-01-01 UTC in 64 bits, years 1677 to 2262.</summary>
public static class UnixNanoseconds
{
    private const long PerTick = 100;

    public static long From(DateTimeOffset time) => checked((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * PerTick);

    public static DateTimeOffset ToTime(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / PerTick);

    public static long From(TimeSpan span) => span.Ticks * PerTick;
}
