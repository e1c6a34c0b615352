namespace NocMonitor.TimeSeries.Heads;

/// <summary>
/// The memory of all heads: their arrays, and how many bytes they hold. The log's thread adds and, when there is too much, waits for the compaction, which takes away. Safe for
/// concurrent use.
/// </summary>
internal sealed class HeadMemory(long limit)
{
    private readonly object _changed = new();
    private long _bytes;
    private long _most;
    private long _mostBefore;

    public HeadArrays Arrays { get; } = new();

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Compaction must hurry.</summary>
    public bool IsTight => Bytes > limit / 2;

    public void Add(long bytes)
    {
        var held = Interlocked.Add(ref _bytes, bytes);
        if (bytes > 0 && held > Volatile.Read(ref _most))
        {
            NoteMost(held);
        }

        if (bytes < 0)
        {
            lock (_changed)
            {
                Monitor.PulseAll(_changed);
            }
        }
    }

    /// <summary>A sweep over all series begins anew: what the heads held before the last one does not count any more for what is kept.</summary>
    public void BeginLap()
    {
        Volatile.Write(ref _mostBefore, Interlocked.Exchange(ref _most, Bytes));
        KeepArrays();
    }

    /// <summary>Gives back what is only kept for the next samples.</summary>
    public void ReleaseIdle()
    {
        Volatile.Write(ref _most, Bytes);
        Volatile.Write(ref _mostBefore, 0);
        Arrays.ReleaseIdle();
    }

    /// <summary>Waits until there is room for more; false when there was none in time.</summary>
    public bool WaitForRoom(TimeSpan atMost)
    {
        lock (_changed)
        {
            return Bytes <= limit || (Monitor.Wait(_changed, atMost) && Bytes <= limit);
        }
    }

    /// <summary>
    /// What a flush of all heads gives back is kept for those that fill up next, as much as the heads have held at most in this sweep over all series and the one before, and half the limit: a million series then do not live on memory that
    /// the garbage collector has to find and the system has to clear first.
    /// </summary>
    private void NoteMost(long held)
    {
        Volatile.Write(ref _most, held);
        KeepArrays();
    }

    private void KeepArrays() => Arrays.KeepUpTo(Math.Min(Math.Max(Volatile.Read(ref _most), Volatile.Read(ref _mostBefore)), limit / 2));
}
