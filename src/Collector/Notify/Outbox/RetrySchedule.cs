namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>When a notification that failed is tried again. Pure but for the jitter, which keeps receivers that failed together from being tried together.</summary>
internal static class RetrySchedule
{
    private const double Jitter = 0.2;

    /// <param name="attempts">Rounds that failed so far, at least one.</param>
    /// <param name="asked">What the receiver asked for; it is heeded up to the longest pause.</param>
    public static TimeSpan Pause(OutboxOptions options, int attempts, TimeSpan? asked, Random random)
    {
        var doubled = options.FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 30));
        var pause = asked is { } wish && wish > doubled ? wish : doubled;
        var bounded = pause < options.LongestRetry ? pause : options.LongestRetry;
        return bounded * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
    }
}
