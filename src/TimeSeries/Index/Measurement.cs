using System.Collections.Concurrent;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>One measurement: its fields, its series and, a tag at a time, which series carry which value. Written under the index's lock, read without.</summary>
internal sealed class Measurement(string name)
{
    public string Name { get; } = name;

    public ConcurrentDictionary<string, SeriesField> Fields { get; } = Dictionary<SeriesField>();

    public ConcurrentDictionary<string, TagIndex> Tags { get; } = Dictionary<TagIndex>();

    public Postings All { get; private set; } = new();

    /// <summary>Layouts by their field ids, so that series of the same make share one.</summary>
    public Dictionary<string, FieldLayout> Layouts { get; } = new(StringComparer.Ordinal);

    public void Add(Series series, SeriesKey key, StringPool strings)
    {
        foreach (var (tag, value) in key.Tags)
        {
            var index = Tags.GetOrAdd(strings.Intern(tag), _ => new TagIndex());
            index.Add(strings.Intern(value), series.Id);
        }

        All.Add(series.Id);
    }

    /// <summary>Takes series out, and tags and values that no other has. Lists are replaced, never changed: whoever reads one goes on with it.</summary>
    public void Remove(IReadOnlyCollection<Series> some, StringPool strings)
    {
        var ids = some.Select(series => series.Id).Order().ToArray();
        foreach (var tag in some.SelectMany(series => series.Key.Tags).Distinct().GroupBy(tag => tag.Key, tag => tag.Value))
        {
            if (Tags.TryGetValue(tag.Key, out var index))
            {
                foreach (var value in tag)
                {
                    index.Remove(value, ids, strings);
                }

                if (index.Values.IsEmpty)
                {
                    Tags.TryRemove(tag.Key, out _);
                }
            }
        }

        All = All.Without(ids);
    }

    internal static ConcurrentDictionary<string, T> Dictionary<T>() => new(concurrencyLevel: 1, capacity: 7, StringComparer.Ordinal);
}

/// <summary>The values of one tag of one measurement.</summary>
internal sealed class TagIndex
{
    /// <summary>All values in order, since somebody asked and until one comes or goes, with the number of changes that they are of.</summary>
    private volatile SortedValues? _sorted;

    private int _changes;

    public ConcurrentDictionary<string, Postings> Values { get; } = Measurement.Dictionary<Postings>();

    /// <summary>All values, in order. Not to be changed.</summary>
    public string[] Sorted()
    {
        var changes = Volatile.Read(ref _changes);
        if (_sorted is { } known && known.Changes == changes)
        {
            return known.Values;
        }

        var sorted = OrdinalOrder.Sort([.. Values.Keys]);
        _sorted = new SortedValues(changes, sorted);
        return sorted;
    }

    /// <summary>Adds a series to a value. Under the index's lock.</summary>
    public void Add(string value, int series)
    {
        if (!Values.TryGetValue(value, out var postings))
        {
            Values[value] = postings = new Postings();
            Change();
        }

        postings.Add(series);
    }

    /// <summary>Takes series from a value, and the value away with the last one. Under the index's lock.</summary>
    public void Remove(string value, ReadOnlySpan<int> gone, StringPool strings)
    {
        if (!Values.TryGetValue(value, out var postings))
        {
            return;
        }

        var rest = postings.Without(gone);
        if (rest.Count > 0)
        {
            Values[value] = rest;
            return;
        }

        Values.TryRemove(value, out _);
        Change();
        strings.Remove(value);
    }

    private void Change()
    {
        Interlocked.Increment(ref _changes);
        _sorted = null;
    }

    private sealed record SortedValues(int Changes, string[] Values);
}
