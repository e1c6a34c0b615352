using System.Collections.Concurrent;
using NocMonitor.Collector.Storage;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Hosts;

/// <summary>
/// Which hosts there are and when each was last heard of. Looked at for each row of each batch. Safe for concurrent use.
/// </summary>
internal sealed class HostBoard(TimeProvider time)
{
    /// <summary>Stands for a series without the tag <c>host</c>.</summary>
    private static readonly KnownHost Nobody = new("", default);

    private readonly ConcurrentDictionary<string, KnownHost> _hosts = new(StringComparer.Ordinal);
    private readonly PerSeries<KnownHost> _bySeries = new();

    public IEnumerable<KnownHost> All => _hosts.Values;

    public KnownHost? Find(string name) => _hosts.GetValueOrDefault(name);

    /// <summary>Brings back a host that was known before a restart.</summary>
    public void Restore(KnownHost host) => _hosts.TryAdd(host.Name, host);

    /// <summary>Takes a host off; a point that comes later puts it on again, as a new one.</summary>
    public void Forget(string name)
    {
        if (_hosts.TryRemove(name, out var gone))
        {
            _bySeries.Remove(gone);
        }
    }

    /// <summary>Lets go of series that the store has forgotten; their hosts stay.</summary>
    public void Release(IReadOnlyList<Series> forgotten) => _bySeries.Release(forgotten);

    public void Note(SampleBatch batch)
    {
        foreach (ref readonly var row in batch.Rows)
        {
            var host = _bySeries.Find(row.Series) ?? Learn(row.Series);
            if (host != Nobody)
            {
                host.Saw(row.Timestamp);
            }
        }
    }

    private KnownHost Learn(Series series)
    {
        var host = Nobody;
        if (series.FindTag("host") is { Length: > 0 } name)
        {
            host = _hosts.GetOrAdd(name, added => new KnownHost(added, time.GetUtcNow()));
            host.Agent = series.FindTag("agent") ?? host.Agent;
        }

        return _bySeries.Note(series, host);
    }
}
