using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Storage;

/// <summary>
/// What is known of each series, by its id. Looked up for each row of each batch, so a lookup takes no lock; what is noted is noted under one. Safe for concurrent use.
/// </summary>
internal sealed class PerSeries<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly IdPages<T> _known = new();

    public T? Find(Series series) => _known[series.Id];

    /// <summary>Notes what was made for a series, unless another thread was first; gives what is noted.</summary>
    public T Note(Series series, T made)
    {
        lock (_lock)
        {
            return _known[series.Id] ??= made;
        }
    }

    /// <summary>Lets go of one thing, whatever series it was noted for.</summary>
    public void Remove(T gone)
    {
        lock (_lock)
        {
            _known.Remove(gone);
        }
    }

    /// <summary>Lets go of series that the store has forgotten.</summary>
    public void Release(IReadOnlyList<Series> forgotten)
    {
        lock (_lock)
        {
            foreach (var series in forgotten)
            {
                _known.Clear(series.Id);
            }
        }
    }
}
