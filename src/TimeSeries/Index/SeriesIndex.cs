using System.Collections.Concurrent;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>
/// All series of a store, in memory, found by key when points come in and by measurement and tags when somebody asks. Reading takes no lock;
/// a new series, field or layout is made under one lock.
/// </summary>
public sealed partial class SeriesIndex
{
    private readonly ConcurrentDictionary<string, Measurement> _measurements = Measurement.Dictionary<Measurement>();
    private volatile Series?[] _series = new Series?[64];
    private int _count;
    private int _live;

    /// <summary>How many series there are, those included that were dropped and are about to go.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>Series that were forgotten since the start, because nothing of them was left.</summary>
    public long Forgotten => Interlocked.Read(ref _forgottenCount);

    /// <summary>One more than the largest series id; not every id has a series: some were forgotten, or were lost by damage to the files.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The names of all measurements, in order.</summary>
    public IReadOnlyList<string> Measurements =>
        HasDropped ? Sorted([.. _measurements.Values.Where(each => Lives(each.All)).Select(each => each.Name)]) : Sorted(_measurements.Keys);

    /// <summary>The series of an id; null when there is none.</summary>
    public Series? Find(int id) => (uint)id < (uint)Count ? _series[id] : null;

    /// <summary>The series of a measurement that satisfy all matchers, by ascending id; empty when the measurement is unknown.</summary>
    public IReadOnlyList<Series> Find(string measurement, params IReadOnlyList<TagMatcher> matchers)
    {
        if (!_measurements.TryGetValue(measurement, out var found))
        {
            return [];
        }

        var ids = SeriesSelection.Of(found, matchers);
        var series = new List<Series>(ids.Count);
        foreach (var id in ids)
        {
            if (Find(id) is { IsDropped: false } one)
            {
                series.Add(one);
            }
        }

        return series;
    }

    /// <summary>The tag keys of a measurement, in order.</summary>
    public IReadOnlyList<string> TagKeys(string measurement) =>
        !_measurements.TryGetValue(measurement, out var found) ? []
        : HasDropped ? Sorted([.. found.Tags.Where(tag => tag.Value.Values().Any(value => Lives(tag.Value, value))).Select(tag => tag.Key)])
        : Sorted(found.Tags.Keys);

    /// <summary>The values of one tag of a measurement, in order.</summary>
    public IReadOnlyList<string> TagValues(string measurement, string tag) =>
        !_measurements.TryGetValue(measurement, out var found) || !found.Tags.TryGetValue(tag, out var index) ? []
        : HasDropped ? Sorted([.. index.Values().Where(value => Lives(index, value)).Select(value => _keys.Parts.Value(value, keepsRare: true))])
        : index.Sorted();

    /// <summary>The fields of a measurement over all its series, by name.</summary>
    public IReadOnlyList<SeriesField> Fields(string measurement)
    {
        if (!_measurements.TryGetValue(measurement, out var found) || (HasDropped && !Lives(found.All)))
        {
            return [];
        }

        var fields = found.Fields.Values.ToArray();
        Array.Sort(fields, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return fields;
    }

    private static string[] Sorted(ICollection<string> names)
    {
        var sorted = names.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }
}
