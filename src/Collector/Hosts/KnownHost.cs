namespace NocMonitor.Collector.Hosts;

/// <summary>A host that points came from. Its times only move forward; any thread may move them.</summary>
internal sealed class KnownHost(string name, DateTimeOffset firstSeen)
{
    private long _lastSeenNs;
    private volatile string _agent = "";
    private volatile string[] _agents = [];

    public string Name { get; } = name;

    public DateTimeOffset FirstSeen { get; } = firstSeen;

    /// <summary>The time of its newest sample, in nanoseconds since 1970; 0 when there is none.</summary>
    public long LastSeenNs => Volatile.Read(ref _lastSeenNs);

    /// <summary>Who watches it: the tag <c>agent</c> of a series of it; empty where the sender sets none.</summary>
    public string Agent
    {
        get => _agent;
        set
        {
            _agent = value;
            for (var known = _agents; value.Length > 0 && !known.Contains(value); known = _agents)
            {
                Interlocked.CompareExchange(ref _agents, [.. known, value], known);
            }
        }
    }

    /// <summary>All who watch it, as far as known since the start; the one of before the start is among them.</summary>
    public IReadOnlyList<string> Agents => _agents;

    public void Saw(long timestampNs)
    {
        // Two threads may both pass the test; the loser's time is newer than the old one too, and the next sample is never far.
        if (timestampNs > Volatile.Read(ref _lastSeenNs))
        {
            Volatile.Write(ref _lastSeenNs, timestampNs);
        }
    }
}
