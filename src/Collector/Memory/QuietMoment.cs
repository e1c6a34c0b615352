namespace NocMonitor.Collector.Memory;

/// <summary>
/// Decides when memory that a burst has left behind is given back: the process allocates next to nothing for some seconds, has allocated enough since the last time to be worth it, and
/// that is not just over. Only a heap that holds little is compacted, because a page must not wait; a larger one is swept in the background first, after which most of it mostly
/// turns out to be garbage. Pure; one owner.
/// </summary>
internal sealed class QuietMoment
{
    /// <summary>No more than this was allocated since the last reading: a fleet that writes steadily is never interrupted for tidiness.</summary>
    public const long QuietBytes = 1L << 20;

    /// <summary>So many quiet readings in a row are quiet.</summary>
    public const int QuietReadings = 3;

    /// <summary>Less than this, allocated since the last time, leaves little behind.</summary>
    public const long WorthwhileBytes = 16L << 20;

    /// <summary>So many readings lie at least between two times: a fleet that posts at a stroke every ten seconds must not have its pools emptied after each.</summary>
    public const int RestReadings = 30;

    /// <summary>Collecting more objects at a stroke would hold up a page for longer than a page may take.</summary>
    public const long LargestCompacted = 64L << 20;

    /// <summary>What a sweep has left is looked at so often; a background collection takes less than that.</summary>
    public const int ReadingsAfterSweep = 10;

    private long _previous;
    private long _atLast;
    private int _readings = RestReadings;
    private int _quiet;
    private bool _swept;

    /// <param name="reading">Read at equal intervals.</param>
    public ReturnStep Observe(HeapReading reading)
    {
        _quiet = reading.Allocated - _previous <= QuietBytes ? _quiet + 1 : 0;
        _previous = reading.Allocated;
        _readings++;
        if (_quiet < QuietReadings)
        {
            return ReturnStep.None;
        }

        if (_swept && _readings <= ReadingsAfterSweep)
        {
            _swept = reading.Held > LargestCompacted;
            return _swept ? ReturnStep.None : ReturnStep.Compact;
        }

        return _readings > RestReadings && reading.Allocated - _atLast >= WorthwhileBytes ? Begin(reading) : ReturnStep.None;
    }

    private ReturnStep Begin(HeapReading reading)
    {
        _atLast = reading.Allocated;
        _readings = 0;
        _swept = reading.Held > LargestCompacted;
        return _swept ? ReturnStep.Sweep : ReturnStep.Compact;
    }
}
