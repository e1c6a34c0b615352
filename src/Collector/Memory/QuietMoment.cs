namespace NocMonitor.Collector.Memory;

/// <summary>
/// Decides when memory that a burst has left behind is given back: the process allocates next to nothing, has allocated enough since the last time to be
/// worth a pause, and that is not just over. Pure; one owner.
/// </summary>
internal sealed class QuietMoment
{
    /// <summary>No more than this was allocated since the last reading: a fleet that writes steadily is never interrupted for tidiness.</summary>
    public const long QuietBytes = 4L << 20;

    /// <summary>Less than this, allocated since the last time, leaves little behind.</summary>
    public const long WorthwhileBytes = 16L << 20;

    /// <summary>So many readings lie at least between two times.</summary>
    public const int RestReadings = 30;

    private long _previous;
    private long _atLast;
    private int _readings = RestReadings;

    /// <param name="allocatedBytes">All that the process has ever allocated; read at equal intervals.</param>
    public bool Observe(long allocatedBytes)
    {
        var quiet = allocatedBytes - _previous <= QuietBytes;
        _previous = allocatedBytes;
        _readings++;
        if (!quiet || _readings <= RestReadings || allocatedBytes - _atLast < WorthwhileBytes)
        {
            return false;
        }

        _atLast = allocatedBytes;
        _readings = 0;
        return true;
    }
}
