namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Which batches of the store's log were evaluated: all up to <see cref="Complete"/>d without a gap. Batches may finish in another order than they
/// were numbered. Safe for concurrent use.
/// </summary>
internal sealed class SequenceProgress
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _ahead = [];
    private long _evaluated;

    /// <summary>Everything up to here was evaluated.</summary>
    public long Evaluated
    {
        get
        {
            lock (_lock)
            {
                return _evaluated;
            }
        }
    }

    /// <summary>How many batches are evaluated beyond one that is not.</summary>
    public int Ahead
    {
        get
        {
            lock (_lock)
            {
                return _ahead.Count;
            }
        }
    }

    /// <summary>Sets where to go on from; what was noted beyond stays noted.</summary>
    public void Start(long sequence)
    {
        lock (_lock)
        {
            _evaluated = Math.Max(_evaluated, sequence);
            _ahead.RemoveWhere(done => done <= _evaluated);
            Advance();
        }
    }

    public void Complete(long sequence)
    {
        lock (_lock)
        {
            if (sequence > _evaluated)
            {
                _ahead.Add(sequence);
                Advance();
            }
        }
    }

    private void Advance()
    {
        while (_ahead.Remove(_evaluated + 1))
        {
            _evaluated++;
        }
    }
}
