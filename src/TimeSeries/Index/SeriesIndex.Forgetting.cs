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
            var leaving = some.Select(series => Leave(series, wanted)).OfType<ForgottenKey>().ToList();
            gone = leaving.ConvertAll(one => one.Series);
            foreach (var group in leaving.GroupBy(one => one.Series.Measurement))
            {
                Remove(group.Key, [.. group]);
            }

            var spelled = gone.FindAll(series => _spelled.Remove(series.Id));
            _table.Remove(leaving, inAllSpellings: spelled.Count > 0);
            leaving.ForEach(one => _keys.Release(one.Record));
        }

        Interlocked.Add(ref _forgottenCount, gone.Count);
        OnForgotten?.Invoke(gone);
        return gone;
    }

    /// <summary>Makes room of what was forgotten before the last call. Seldom, because whoever reads the index may still have it in hand.</summary>
    internal void Recycle()
    {
        lock (_lock)
        {
            _keys.Parts.Recycle();
        }
    }

    /// <summary>Notes that a line needs a series; while it is dropped it must not be forgotten before that line's batch is gone.</summary>
    private void Want(Series series)
    {
        if (series.IsDropped)
        {
            _wanted.Add(series);
        }
    }

    private ForgottenKey? Leave(Series series, Action<Series> wanted)
    {
        if (_wanted.Remove(series))
        {
            wanted(series);
            return null;
        }

        lock (series)
        {
            if (!series.IsDropped || series.Head.Count > 0)
            {
                return null;
            }

            var record = series.KeyRecord;
            _keys.Keep(series);
            series.MarkForgotten();
            Interlocked.Decrement(ref _dropped);
            return new ForgottenKey(series, record, _keys.Hash(record.Span));
        }
    }

    private void Remove(Measurement measurement, List<ForgottenKey> keys)
    {
        measurement.Remove(keys);
        var series = keys.ConvertAll(one => one.Series);
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

/// <summary>The key under which a series that is being forgotten was found.</summary>
internal sealed record ForgottenKey(Series Series, KeyBytes Record, ulong Hash);
