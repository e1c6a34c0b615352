namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// How far a sweep over all series should have come: by time, so that samples do not stay in memory too long, or by bytes of log, so that the log stays
/// short under load, whichever is further. Pure.
/// </summary>
internal static class SweepPace
{
    /// <summary>The number of series the sweep should have visited.</summary>
    public static int Target(int series, TimeSpan elapsed, TimeSpan lap, long logBytes, long lapBytes)
    {
        var share = Math.Max(elapsed / lap, (double)logBytes / Math.Max(1, lapBytes));
        return share >= 1 ? series : (int)(series * share);
    }
}
