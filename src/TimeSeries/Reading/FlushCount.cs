namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// Counts how often rows have left memory for disk, or have been deleted. A reader that finds the count unchanged since before it opened its view of the disk knows: what is not in
/// memory any more is in its view. Counted after the commit and before the first row leaves memory. Safe for concurrent use.
/// </summary>
internal sealed class FlushCount
{
    private long _value;

    public long Value => Volatile.Read(ref _value);

    public void Advance() => Interlocked.Increment(ref _value);
}
