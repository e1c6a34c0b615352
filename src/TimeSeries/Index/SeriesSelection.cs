namespace NocMonitor.TimeSeries.Index;

/// <summary>Evaluates tag matchers over the postings of one measurement: each gives a sorted list of ids, and the lists are intersected.</summary>
internal static class SeriesSelection
{
    public static List<int> Of(Measurement measurement, IReadOnlyList<TagMatcher> matchers)
    {
        List<int>? selected = null;
        foreach (var matcher in matchers)
        {
            var ids = Matching(measurement, matcher);
            selected = selected is null ? ids : Intersection(selected, ids);
            if (selected.Count == 0)
            {
                return selected;
            }
        }

        return selected ?? All(measurement);
    }

    private static List<int> Matching(Measurement measurement, TagMatcher matcher)
    {
        measurement.Tags.TryGetValue(matcher.Tag, out var tag);
        if (matcher.Accepts(""))
        {
            // The series without the tag match too, so it is shorter to take away those with a value that does not.
            var without = matcher.AllBut is { } one ? With(measurement, tag, matcher.Tag, [one]) : Union(measurement, tag, value => !matcher.Accepts(value));
            return Difference(All(measurement), without);
        }

        return matcher.Only is { } only ? With(measurement, tag, matcher.Tag, only)
            : matcher.AllBut is "" ? Union(tag, _ => true)
            : Union(measurement, tag, matcher.Accepts);
    }

    private static List<int> With(Measurement measurement, TagIndex? tag, string key, IReadOnlyCollection<string> values)
    {
        var ids = new List<int>();
        foreach (var value in values)
        {
            if (tag is not null && measurement.Keys.FindTag(key, value) is var number and >= 0)
            {
                tag.CopyTo(number, ids);
            }
        }

        if (values.Count > 1)
        {
            ids.Sort();
        }

        return ids;
    }

    private static List<int> All(Measurement measurement)
    {
        var ids = new List<int>(measurement.All.Count);
        measurement.All.CopyTo(ids);
        return ids;
    }

    private static List<int> Union(Measurement measurement, TagIndex? tag, Func<string, bool> accepts) =>
        Union(tag, value => accepts(measurement.Keys.Parts.Value(value, keepsRare: true)));

    private static List<int> Union(TagIndex? tag, Func<int, bool> accepts)
    {
        var ids = new List<int>();
        if (tag?.CopyTo(accepts, ids) > 0)
        {
            // A series has one value a tag, so the lists are disjoint and sorting is all that is left to do.
            ids.Sort();
        }

        return ids;
    }

    private static List<int> Intersection(List<int> left, List<int> right)
    {
        var both = new List<int>(Math.Min(left.Count, right.Count));
        int i = 0, j = 0;
        while (i < left.Count && j < right.Count)
        {
            if (left[i] == right[j])
            {
                both.Add(left[i]);
                i++;
                j++;
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return both;
    }

    private static List<int> Difference(List<int> all, List<int> without)
    {
        var rest = new List<int>(all.Count);
        var j = 0;
        foreach (var id in all)
        {
            while (j < without.Count && without[j] < id)
            {
                j++;
            }

            if (j == without.Count || without[j] != id)
            {
                rest.Add(id);
            }
        }

        return rest;
    }
}
