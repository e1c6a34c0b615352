namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Which batches of the store's log were handed over: all up to a sequence, without a gap, and some beyond it. Batches may come in another order than
/// they were numbered. Safe for concurrent use.
/// </summary>
internal sealed class SequenceProgress
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _ahead = [];
    private long _whole;

    /// <summary>Everything up to here was handed over.</summary>
    public long Whole
    {
        get
        {
            lock (_lock)
            {
                return _whole;
            }
        }
    }

    /// <summary>Whether batches were handed over beyond one that was not.</summary>
    public bool HasGap
    {
        get
        {
            lock (_lock)
            {
                return _ahead.Count > 0;
            }
        }
    }

    /// <summary>Sets where to go on from; what was noted beyond stays noted.</summary>
    public void Start(long sequence)
    {
        lock (_lock)
        {
            _whole = Math.Max(_whole, sequence);
            _ahead.RemoveWhere(done => done <= _whole);
            Advance();
        }
    }

    public void Note(long sequence)
    {
        lock (_lock)
        {
            if (sequence > _whole)
            {
                _ahead.Add(sequence);
                Advance();
            }
        }
    }

    private void Advance()
    {
        while (_ahead.Remove(_whole + 1))
        {
            _whole++;
        }
    }
}
