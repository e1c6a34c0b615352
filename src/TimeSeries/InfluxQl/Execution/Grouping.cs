using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Finds the series of a select and sorts them into groups. One thread.</summary>
internal sealed class Grouping(SelectPlan plan, int mostSeries)
{
    private readonly TagCondition _condition = TagCondition.Of(plan.Condition);
    private readonly Dictionary<string, QueryGroup> _groups = new(StringComparer.Ordinal);
    private int _series;

    public void Add(SeriesIndex index, string measurement)
    {
        if (_condition.NeverHolds)
        {
            return;
        }

        foreach (var series in index.Find(measurement, _condition.Matchers))
        {
            Add(new StoredInput(series, measurement));
        }
    }

    public void Add(QueryInput input)
    {
        var rest = _condition.For(input);
        if (rest is Language.BooleanLiteral { Value: false })
        {
            return;
        }

        if (input is StoredInput && ++_series > mostSeries && mostSeries > 0)
        {
            throw new QueryException($"max-select-series limit exceeded: ({_series}/{mostSeries})");
        }

        var values = new string[plan.Dimensions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = input.FindTag(plan.Dimensions[i]);
        }

        var key = values.Length == 1 ? $"{input.Measurement}\0{values[0]}" : string.Join('\0', values.Prepend(input.Measurement));
        if (!_groups.TryGetValue(key, out var group))
        {
            group = new QueryGroup(input.Measurement, TagsOf(values));
            _groups.Add(key, group);
        }

        group.Add(input, rest is Language.BooleanLiteral { Value: true } ? null : rest);
    }

    private KeyValuePair<string, string>[] TagsOf(string[] values)
    {
        var tags = new KeyValuePair<string, string>[values.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new(plan.Dimensions[i], values[i]);
        }

        return tags;
    }

    /// <summary>The groups in the order of the answer.</summary>
    public List<QueryGroup> Complete()
    {
        var groups = _groups.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).ToList();
        groups.ForEach(group => group.Sort());
        if (plan.SeriesLimit > 0 || plan.SeriesOffset > 0)
        {
            // The limit counts within each measurement.
            groups = [.. groups.GroupBy(group => group.Measurement).SelectMany(each => each.Skip(plan.SeriesOffset).Take(plan.SeriesLimit > 0 ? plan.SeriesLimit : int.MaxValue))];
        }

        if (!plan.Ascending)
        {
            groups.Reverse();
        }

        return groups;
    }
}
