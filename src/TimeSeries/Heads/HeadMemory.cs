namespace NocMonitor.TimeSeries.Heads;

/// <summary>
/// The memory of all heads: their arrays, and how many bytes they hold. The log's thread adds and, when there is too much, waits for the compaction, which takes away. Safe for
/// concurrent use.
/// </summary>
internal sealed class HeadMemory(long limit)
{
    private readonly object _changed = new();
    private long _bytes;

    /// <summary>
    /// What a flush of all heads gives back is kept for those that fill up next, so that a million series do not live on memory that the garbage collector has to clear first. Heads and
    /// arrays that wait for them together stay within the limit, because a flush begins at half of it.
    /// </summary>
    public HeadArrays Arrays { get; } = new(limit / 2);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Compaction must hurry.</summary>
    public bool IsTight => Bytes > limit / 2;

    public void Add(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        if (bytes < 0)
        {
            lock (_changed)
            {
                Monitor.PulseAll(_changed);
            }
        }
    }

    /// <summary>Waits until there is room for more; false when there was none in time.</summary>
    public bool WaitForRoom(TimeSpan atMost)
    {
        lock (_changed)
        {
            return Bytes <= limit || (Monitor.Wait(_changed, atMost) && Bytes <= limit);
        }
    }
}
