using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>Counts of series, measurements, keys and values. Every count is exact, whether an estimate would do or not.</summary>
internal sealed class Cardinality(SeriesIndex index, ShowExecutor show)
{
    public IEnumerable<ResultSeries> Run(CardinalityStatement statement)
    {
        var wholeStore = statement is { Exact: false, Sources.Count: 0, Condition: null, Dimensions.Count: 0 };
        return statement.Kind switch
        {
            ShowKind.Series when wholeStore => [Count("", "cardinality estimation", show.NamesOf([]).Sum(name => index.Find(name).Count))],
            ShowKind.Measurements when wholeStore => [Count("", "cardinality estimation", index.Measurements.Count)],
            ShowKind.Measurements => Page([.. CountMeasurements(statement)], statement),
            ShowKind.Series => Page(EachMeasurement(statement, name => show.Find(name, Settled(statement, "SERIES")).Count()), statement),
            ShowKind.TagKeys => Page(EachMeasurement(statement, name => KeysOf(name, statement.Condition).Count), statement),
            ShowKind.TagValues => Page(EachMeasurement(statement, name => ValuesOf(name, statement)), statement),
            _ => Page(EachMeasurement(statement, name => index.Fields(name).Count), statement),
        };
    }

    private static IEnumerable<ResultSeries> Page(List<ResultSeries> all, CardinalityStatement statement) => ShowExecutor.Page(all, statement.Paging);

    private IEnumerable<ResultSeries> CountMeasurements(CardinalityStatement statement)
    {
        var condition = Settled(statement, "MEASUREMENT");
        var count = show.NamesOf(statement.Sources).Count(name => condition is null || show.Find(name, condition).Any());
        return count > 0 ? [Count("", "count", count)] : [];
    }

    private static Expr? Settled(CardinalityStatement statement, string what) => ShowExecutor.BoundsTime(statement.Condition)
        ? throw new QueryException($"SHOW {what} EXACT CARDINALITY doesn't support time in WHERE clause")
        : statement.Condition;

    private List<ResultSeries> EachMeasurement(CardinalityStatement statement, Func<string, int> count) =>
    [
        .. show.NamesOf(statement.Sources).Select(name => (name, count: count(name))).Where(pair => pair.count > 0)
            .Select(pair => Count(pair.name, statement is { Kind: ShowKind.Series, Exact: false } ? "cardinality estimation" : "count", pair.count)),
    ];

    private IReadOnlyCollection<string> KeysOf(string measurement, Expr? condition) => condition is null
        ? index.TagKeys(measurement)
        : [.. show.Find(measurement, condition).SelectMany(input => input.Tags).Select(tag => tag.Key).Distinct(StringComparer.Ordinal)];

    private int ValuesOf(string measurement, CardinalityStatement statement) =>
        show.Find(measurement, statement.Condition).Where(input => HasAllTags(input, statement.Condition)).SelectMany(input => input.Tags).Where(tag => statement.Keys!.Accepts(tag.Key)).Distinct().Count();

    /// <summary>Unlike elsewhere a tag that is absent satisfies no condition here, not even that it is unlike something.</summary>
    private static bool HasAllTags(StoredInput input, Expr? condition) => condition switch
    {
        Binary binary => HasAllTags(input, binary.Left) && HasAllTags(input, binary.Right),
        Paren paren => HasAllTags(input, paren.Inner),
        Reference reference => reference.Name is "time" or "_name" || input.FindTag(reference.Name).Length > 0,
        _ => true,
    };

    private static ResultSeries Count(string name, string column, long count)
    {
        var values = new ValueColumn(ValueType.Integer);
        values.Add(Value.Of(count));
        return new ResultSeries(name, [], [column], [values]);
    }
}
