using System.Collections.Concurrent;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Hosts;

/// <summary>
/// Which hosts there are and when each was last heard of. Looked at for each row of each batch, so a known series costs one array access; the
/// array by series id is replaced when it grows, under the lock. Safe for concurrent use.
/// </summary>
internal sealed class HostBoard(TimeProvider time)
{
    /// <summary>Stands for a series without the tag <c>host</c>.</summary>
    private static readonly KnownHost Nobody = new("", default);

    private readonly ConcurrentDictionary<string, KnownHost> _hosts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile KnownHost?[] _bySeries = [];

    public IEnumerable<KnownHost> All => _hosts.Values;

    public KnownHost? Find(string name) => _hosts.GetValueOrDefault(name);

    /// <summary>Brings back a host that was known before a restart.</summary>
    public void Restore(KnownHost host) => _hosts.TryAdd(host.Name, host);

    /// <summary>Takes a host off; a point that comes later puts it on again, as a new one.</summary>
    public void Forget(string name)
    {
        if (!_hosts.TryRemove(name, out var gone))
        {
            return;
        }

        lock (_lock)
        {
            var known = _bySeries;
            for (var id = 0; id < known.Length; id++)
            {
                known[id] = known[id] == gone ? null : known[id];
            }
        }
    }

    /// <summary>Lets go of series that the store has forgotten; their hosts stay.</summary>
    public void Release(IReadOnlyList<Series> forgotten)
    {
        lock (_lock)
        {
            var known = _bySeries;
            foreach (var series in forgotten)
            {
                if (series.Id < known.Length)
                {
                    known[series.Id] = null;
                }
            }
        }
    }

    public void Note(SampleBatch batch)
    {
        foreach (ref readonly var row in batch.Rows)
        {
            var known = _bySeries;
            var host = row.Series.Id < known.Length ? known[row.Series.Id] : null;
            host ??= Learn(row.Series);
            if (host != Nobody)
            {
                host.Saw(row.Timestamp);
            }
        }
    }

    private KnownHost Learn(Series series)
    {
        var key = series.Key;
        var host = Nobody;
        if (key.FindTag("host") is { Length: > 0 } name)
        {
            host = _hosts.GetOrAdd(name, added => new KnownHost(added, time.GetUtcNow()));
            host.Agent = key.FindTag("agent") ?? host.Agent;
        }

        lock (_lock)
        {
            var known = _bySeries;
            if (series.Id >= known.Length)
            {
                Array.Resize(ref known, Math.Max(series.Id + 1, known.Length * 2));
                _bySeries = known;
            }

            known[series.Id] = host;
        }

        return host;
    }
}
