namespace NocMonitor.TimeSeries.Log;

/// <summary>
/// How far each consumer of the log has come. Consumers move their cursors in memory; the log's thread saves them with its next transaction.
/// After a crash a consumer may see batches again that it had released, never the reverse. Safe for concurrent use.
/// </summary>
internal sealed class LogCursors
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _cursors;
    private readonly HashSet<string> _unsaved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lost = new(StringComparer.Ordinal);

    public LogCursors(Dictionary<string, long> saved) => _cursors = saved;

    public bool HasUnsaved
    {
        get
        {
            lock (_lock)
            {
                return _unsaved.Count > 0;
            }
        }
    }

    /// <summary>Everyone the log is kept for.</summary>
    public IReadOnlyList<string> Names()
    {
        lock (_lock)
        {
            return [.. _cursors.Keys];
        }
    }

    /// <summary>The consumer's cursor; a new consumer starts at the given one.</summary>
    public long Register(string name, long start)
    {
        lock (_lock)
        {
            if (!_cursors.TryGetValue(name, out var sequence))
            {
                _cursors.Add(name, sequence = start);
                _unsaved.Add(name);
            }

            return sequence;
        }
    }

    /// <summary>Moves forward only: a late call changes nothing.</summary>
    public void Move(string name, long sequence)
    {
        lock (_lock)
        {
            if (_cursors.TryGetValue(name, out var known) && known < sequence)
            {
                _cursors[name] = sequence;
                _unsaved.Add(name);
            }
        }
    }

    public bool Forget(string name)
    {
        lock (_lock)
        {
            _unsaved.Add(name);
            return _cursors.Remove(name);
        }
    }

    /// <summary>The smallest cursor: what lies below nobody needs any more.</summary>
    public long Lowest()
    {
        lock (_lock)
        {
            return _cursors.Count == 0 ? long.MaxValue : _cursors.Values.Min();
        }
    }

    /// <summary>Moves every cursor that lags to the sequence; gives the names of those that lost batches.</summary>
    public List<string> Force(long sequence)
    {
        lock (_lock)
        {
            var losers = _cursors.Where(cursor => cursor.Value < sequence).Select(cursor => cursor.Key).ToList();
            foreach (var name in losers)
            {
                _lost[name] = _lost.GetValueOrDefault(name) + sequence - _cursors[name];
                _cursors[name] = sequence;
                _unsaved.Add(name);
            }

            return losers;
        }
    }

    /// <summary>Batches that were cut before the consumer had released them, since the start.</summary>
    public long LostBy(string name)
    {
        lock (_lock)
        {
            return _lost.GetValueOrDefault(name);
        }
    }

    /// <summary>What changed since the last call; a null sequence means the consumer is gone.</summary>
    public List<(string Name, long? Sequence)> TakeUnsaved()
    {
        lock (_lock)
        {
            var changes = _unsaved.Select(name => (name, _cursors.TryGetValue(name, out var sequence) ? sequence : (long?)null)).ToList();
            _unsaved.Clear();
            return changes;
        }
    }

    public void PutBack(List<(string Name, long? Sequence)> changes)
    {
        lock (_lock)
        {
            _unsaved.UnionWith(changes.Select(change => change.Name));
        }
    }
}
