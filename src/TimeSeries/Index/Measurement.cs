using System.Collections.Concurrent;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>One measurement: its fields, its series and, a tag at a time, which series carry which value. Written under the index's lock, read without.</summary>
internal sealed class Measurement(string name)
{
    public string Name { get; } = name;

    public ConcurrentDictionary<string, SeriesField> Fields { get; } = Dictionary<SeriesField>();

    public ConcurrentDictionary<string, TagIndex> Tags { get; } = Dictionary<TagIndex>();

    public Postings All { get; } = new();

    /// <summary>Layouts by their field ids, so that series of the same make share one.</summary>
    public Dictionary<string, FieldLayout> Layouts { get; } = new(StringComparer.Ordinal);

    public void Add(Series series, SeriesKey key, StringPool strings)
    {
        foreach (var (tag, value) in key.Tags)
        {
            var index = Tags.GetOrAdd(strings.Intern(tag), _ => new TagIndex());
            index.Values.GetOrAdd(strings.Intern(value), _ => new Postings()).Add(series.Id);
        }

        All.Add(series.Id);
    }

    internal static ConcurrentDictionary<string, T> Dictionary<T>() => new(concurrencyLevel: 1, capacity: 7, StringComparer.Ordinal);
}

/// <summary>The values of one tag of one measurement.</summary>
internal sealed class TagIndex
{
    /// <summary>All values in order, as long as somebody asked lately; values are only ever added, so their number tells whether it is outdated.</summary>
    private readonly WeakReference<string[]> _sorted = new([]);

    public ConcurrentDictionary<string, Postings> Values { get; } = Measurement.Dictionary<Postings>();

    /// <summary>All values, in order. Not to be changed.</summary>
    public string[] Sorted()
    {
        if (_sorted.TryGetTarget(out var known) && known.Length == Values.Count)
        {
            return known;
        }

        var sorted = OrdinalOrder.Sort([.. Values.Keys]);
        _sorted.SetTarget(sorted);
        return sorted;
    }
}
