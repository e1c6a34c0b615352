using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Storage;

/// <summary>
/// What is known of each series, by its id. Looked up for each row of each batch, so a lookup is one array access without a lock; the array is replaced when it grows, under the lock.
/// Safe for concurrent use.
/// </summary>
internal sealed class PerSeries<T>
    where T : class
{
    private readonly Lock _lock = new();
    private volatile T?[] _known = [];

    public T? Find(Series series)
    {
        var known = _known;
        return series.Id < known.Length ? known[series.Id] : null;
    }

    /// <summary>Notes what was made for a series, unless another thread was first; gives what is noted.</summary>
    public T Note(Series series, T made)
    {
        lock (_lock)
        {
            var known = _known;
            if (series.Id >= known.Length)
            {
                Array.Resize(ref known, Math.Max(series.Id + 1, known.Length * 2));
                _known = known;
            }

            return known[series.Id] ??= made;
        }
    }

    /// <summary>Lets go of one thing, whatever series it was noted for.</summary>
    public void Remove(T gone)
    {
        lock (_lock)
        {
            var known = _known;
            for (var id = 0; id < known.Length; id++)
            {
                known[id] = known[id] == gone ? null : known[id];
            }
        }
    }

    /// <summary>Lets go of series that the store has forgotten.</summary>
    public void Release(IReadOnlyList<Series> forgotten)
    {
        lock (_lock)
        {
            var known = _known;
            foreach (var series in forgotten)
            {
                if (series.Id < known.Length)
                {
                    known[series.Id] = null;
                }
            }
        }
    }
}
