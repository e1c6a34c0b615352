using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>Series that go for good. All of it under the index's lock, a few hundred at a time.</summary>
public sealed partial class SeriesIndex
{
    /// <summary>Dropped series that a line came for; it may never be committed.</summary>
    private readonly HashSet<Series> _wanted = [];

    private long _forgottenCount;

    /// <summary>Is told which series were forgotten, on the store's background thread: what is kept by series id can go too. Must be quick and must not throw.</summary>
    public event Action<IReadOnlyList<Series>>? OnForgotten;

    /// <summary>
    /// Takes out of some dropped series those that nothing came for since. No batch may hold any of them that was rented before they were dropped. Those that a line came for, which
    /// may still be on its way, are left, and given to the receiver.
    /// </summary>
    internal List<Series> Forget(IReadOnlyList<Series> some, Action<Series> wanted)
    {
        List<Series> gone;
        lock (_lock)
        {
            gone = [.. some.Where(series => Leave(series, wanted))];
            foreach (var group in gone.GroupBy(series => series.Key.Measurement))
            {
                Remove(_measurements[group.Key], [.. group]);
            }

            var spelled = gone.FindAll(series => _spelled.Remove(series.Id));
            _table.Remove(gone, inAllSpellings: spelled.Count > 0);
        }

        Interlocked.Add(ref _forgottenCount, gone.Count);
        OnForgotten?.Invoke(gone);
        return gone;
    }

    /// <summary>Notes that a line needs a series; while it is dropped it must not be forgotten before that line's batch is gone.</summary>
    private void Want(Series series)
    {
        if (series.IsDropped)
        {
            _wanted.Add(series);
        }
    }

    private bool Leave(Series series, Action<Series> wanted)
    {
        if (_wanted.Remove(series))
        {
            wanted(series);
            return false;
        }

        lock (series)
        {
            if (!series.IsDropped || series.Head.Count > 0)
            {
                return false;
            }

            series.MarkForgotten();
            Interlocked.Decrement(ref _dropped);
            return true;
        }
    }

    private void Remove(Measurement measurement, List<Series> series)
    {
        measurement.Remove(series, _strings);
        foreach (var one in series)
        {
            Volatile.Write(ref _series[one.Id], null);
            one.Origin.SeriesCount--;
        }

        Volatile.Write(ref _live, _live - series.Count);
        var (fields, layouts) = (new List<SeriesField>(), new List<FieldLayout>());
        if (measurement.All.Count == 0)
        {
            _measurements.TryRemove(measurement.Name, out _);
            (fields, layouts) = ([.. measurement.Fields.Values], [.. measurement.Layouts.Values]);
        }

        foreach (var changes in _subscribers)
        {
            changes.Remove(series, fields, layouts, Find);
        }
    }
}
