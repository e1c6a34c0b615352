using System.Collections.Concurrent;

namespace NocMonitor.TimeSeries.Index;

/// <summary>One measurement: its fields, its series and, a tag at a time, which series carry which value. Written under the index's lock, read without.</summary>
internal sealed class Measurement(string name, SeriesKeys keys)
{
    public string Name { get; } = name;

    public SeriesKeys Keys { get; } = keys;

    public ConcurrentDictionary<string, SeriesField> Fields { get; } = Dictionary<SeriesField>();

    public ConcurrentDictionary<string, TagIndex> Tags { get; } = Dictionary<TagIndex>();

    public Postings All { get; private set; } = new();

    /// <summary>Layouts by their field ids, so that series of the same make share one.</summary>
    public Dictionary<string, FieldLayout> Layouts { get; } = new(StringComparer.Ordinal);

    public void Add(Series series, StringPool strings)
    {
        var record = series.KeyRecord.Span;
        for (var i = 1; i < SeriesKeys.PartCount(record); i++)
        {
            var part = Keys.SortedPart(record, i);
            var tag = Keys.TagKey(part);
            if (!Tags.TryGetValue(tag, out var index))
            {
                Tags[strings.Intern(tag)] = index = new TagIndex(Keys.Parts);
            }

            index.Add(part, series.Id);
        }

        All.Add(series.Id);
    }

    /// <summary>Takes series out, and tags and values that no other has. Lists are replaced, never changed: whoever reads one goes on with it.</summary>
    public void Remove(IReadOnlyCollection<ForgottenKey> some)
    {
        var ids = some.Select(one => one.Series.Id).Order().ToArray();
        foreach (var part in some.SelectMany(one => SeriesKeys.TagParts(one.Record)).Distinct())
        {
            var tag = Keys.TagKey(part);
            if (Tags.TryGetValue(tag, out var index))
            {
                index.Remove(part, ids);
                if (index.IsEmpty)
                {
                    Tags.TryRemove(tag, out _);
                }
            }
        }

        All = All.Without(ids);
    }

    internal static ConcurrentDictionary<string, T> Dictionary<T>() => new(concurrencyLevel: 1, capacity: 7, StringComparer.Ordinal);
}
