using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Deleting;

/// <summary><c>DELETE</c>, <c>DROP SERIES</c> and <c>DROP MEASUREMENT</c>: which series and which range, and the store does it.</summary>
internal sealed class DeleteExecutor(TimeSeriesStore store, long now)
{
    public IEnumerable<ResultSeries> Run(DeleteStatement statement)
    {
        var (rest, range) = Conditions.Split(statement.Condition, now, null);
        var forAllTime = !range.HasMin && !range.HasMax;
        if (statement.DropsSeries && !forAllTime)
        {
            throw new QueryException("DROP SERIES doesn't support time in WHERE clause");
        }

        var series = Measurements(statement.Sources).SelectMany(name => Find(name, rest)).ToList();
        if (series.Count > 0 && !range.IsEmpty)
        {
            // A series of which everything is deleted is gone, as InfluxDB has it.
            store.Delete(series, range.HasMin ? range.Min : long.MinValue, range.HasMax ? range.Max + 1 : long.MaxValue, drop: forAllTime);
        }

        return [];
    }

    private IEnumerable<string> Measurements(IReadOnlyList<Source> sources) => store.Index.Measurements
        .Where(name => sources.Count == 0 || sources.OfType<MeasurementSource>().Any(source => source.Pattern?.IsMatch(name) ?? source.Name == name));

    private IEnumerable<Series> Find(string measurement, Expr? condition)
    {
        CheckTags(measurement, condition);
        var tags = TagCondition.Of(condition);
        return store.Index.Find(measurement, tags.Matchers).Where(series => tags.For(new StoredInput(series, measurement)) is null or BooleanLiteral { Value: true });
    }

    /// <summary>Which samples have a certain value is not something that can be deleted by.</summary>
    private void CheckTags(string measurement, Expr? condition)
    {
        switch (condition)
        {
            case Binary binary:
                CheckTags(measurement, binary.Left);
                CheckTags(measurement, binary.Right);
                break;
            case Paren paren:
                CheckTags(measurement, paren.Inner);
                break;
            case Reference reference when store.Index.Fields(measurement).Any(field => field.Name == reference.Name) && !store.Index.TagKeys(measurement).Contains(reference.Name):
                throw new QueryException("fields not supported in WHERE clause during deletion");
            case Call call:
                throw new QueryException($"invalid function call in condition: {call}");
        }
    }
}
