namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>One series of an answer: a name, the tags it is grouped by, and rows. Immutable.</summary>
public sealed record ResultSeries(string Name, IReadOnlyList<KeyValuePair<string, string>> Tags, IReadOnlyList<string> Columns, IReadOnlyList<ValueColumn> Values)
{
    public int RowCount => Values.Count == 0 ? 0 : Values[0].Count;

    /// <summary>The zone times are written in; null is UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    internal static ResultSeries OfTexts(string name, IReadOnlyList<string> columns, params IReadOnlyList<IEnumerable<string>> values) =>
        new(name, [], columns, [.. values.Select(ValueColumn.OfTexts)]);
}
