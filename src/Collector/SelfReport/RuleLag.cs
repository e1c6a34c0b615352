namespace NocMonitor.Collector.SelfReport;

/// <summary>How long evaluation has been behind the store without a break. One caller at a time.</summary>
internal sealed class RuleLag(TimeProvider time)
{
    private long? _since;

    /// <param name="behind">Batches that are stored and not evaluated.</param>
    public TimeSpan Measure(long behind)
    {
        if (behind == 0)
        {
            _since = null;
            return TimeSpan.Zero;
        }

        _since ??= time.GetTimestamp();
        return time.GetElapsedTime(_since.Value);
    }
}
