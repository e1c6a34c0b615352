using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>Which values of tags some of the series have.</summary>
public sealed partial class SeriesIndex
{
    /// <summary>Where a tag has so many more values than there are series, the series are asked one by one; else the values are gone through once.</summary>
    private const int FewSeries = 32;

    /// <summary>The values that the series of a measurement have which satisfy all matchers: a list in order for each of the tags.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TagValues(string measurement, IReadOnlyList<string> tags, IReadOnlyList<TagMatcher> matchers)
    {
        if (!_measurements.TryGetValue(measurement, out var found))
        {
            return [.. tags.Select(_ => Array.Empty<string>())];
        }

        var ids = SeriesSelection.Of(found, matchers);
        if (HasDropped)
        {
            ids.RemoveAll(id => Find(id) is not { IsDropped: false });
        }

        var wanted = IdBits.Of(ids);
        return [.. tags.Select(tag => !found.Tags.TryGetValue(tag, out var values) ? []
            : ids.Count * FewSeries < values.Count ? TagValues(ids, tag)
            : values.Sorted(wanted))];
    }

    private string[] TagValues(List<int> ids, string tag)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (Find(id)?.FindTag(tag) is { } value)
            {
                values.Add(value);
            }
        }

        return [.. values];
    }
}
