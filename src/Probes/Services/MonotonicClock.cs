namespace NocMonitor.Probes.Services;

/// <summary>
/// The clock that systemd's Monotonic properties count by, CLOCK_MONOTONIC, which is also where the runtime takes timestamps from on Linux. On Windows
/// it is the performance counter. Both begin with the machine's start, and stand still while it sleeps.
/// </summary>
internal static class MonotonicClock
{
    public static TimeSpan Now(TimeProvider time) => TimeSpan.FromSeconds((double)time.GetTimestamp() / time.TimestampFrequency);
}
