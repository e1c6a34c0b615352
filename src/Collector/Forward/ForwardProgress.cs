namespace NocMonitor.Collector.Forward;

/// <summary>What a forwarder counts and where it stands. Written by the forwarder, read by anyone; each member stands for itself.</summary>
internal sealed class ForwardProgress(string name)
{
    private long _cursor;
    private long _waitingSince = -1;
    private long _sentLines;
    private long _failures;
    private long _rejected;
    private long _leftOut;
    private volatile string _trouble = "";

    public string Name => name;

    public long Cursor => Volatile.Read(ref _cursor);

    public long SentLines => Volatile.Read(ref _sentLines);

    public long Failures => Volatile.Read(ref _failures);

    public long RejectedLines => Volatile.Read(ref _rejected);

    public long LeftOutValues => Volatile.Read(ref _leftOut);

    /// <summary>Why the last request failed; empty when it did not.</summary>
    public string Trouble => _trouble;

    public void MovedTo(long cursor) => Volatile.Write(ref _cursor, cursor);

    /// <summary>The oldest batch that is under way was committed then, in nanoseconds since 1970.</summary>
    public void Waiting(long committed) => Volatile.Write(ref _waitingSince, committed);

    public void CaughtUp() => Volatile.Write(ref _waitingSince, -1);

    public void Sent(int lines)
    {
        _trouble = "";
        Interlocked.Add(ref _sentLines, lines);
    }

    public void Failed(string reason)
    {
        _trouble = reason;
        Interlocked.Increment(ref _failures);
    }

    public void Rejected(int lines) => Interlocked.Add(ref _rejected, lines);

    public void LeftOut(long values) => Volatile.Write(ref _leftOut, values);

    /// <param name="last">The last batch in the log.</param>
    /// <param name="lost">Batches that were cut from it before they could be sent.</param>
    public ForwardStanding Read(long last, long lost, DateTimeOffset now)
    {
        var since = Volatile.Read(ref _waitingSince);
        var lag = since < 0 ? TimeSpan.Zero : now - LineProtocol.UnixNanoseconds.ToTime(since);
        return new ForwardStanding(
            name, Math.Max(last - Cursor, 0), lag > TimeSpan.Zero ? lag : TimeSpan.Zero, SentLines, Failures, RejectedLines, lost, LeftOutValues, Trouble);
    }
}
