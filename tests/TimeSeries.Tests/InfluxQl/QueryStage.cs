using System.Text.Json.Nodes;
using NocMonitor.TimeSeries.InfluxQl;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.InfluxQl;

/// <summary>A store that takes points of any time, and an engine over it whose answers read as InfluxDB's JSON.</summary>
internal sealed class QueryStage : IAsyncDisposable
{
    private readonly StoreStage _stage = new(options => options with { Retention = TimeSpan.FromDays(36500) });
    private readonly QueryEngine _engine;

    public QueryStage(QueryLimits? limits = null) =>
        _engine = new QueryEngine(_stage.Store, new StoreOptions { Folder = _stage.Folder }, _stage.Time, limits ?? new QueryLimits { Parallelism = 2 });

    public TimeSeriesStore Store => _stage.Store;

    public async Task WriteAsync(string lines) => Assert.That(await _stage.WriteAsync(lines), Is.Empty);

    /// <summary>The whole answer; a text that is no InfluxQL answers as the HTTP door would.</summary>
    public JsonNode Ask(string query, string database = "db0", string? parameters = null)
    {
        try
        {
            var statements = QueryEngine.Parse(query, parameters is null ? QueryParameters.None : QueryParameters.Parse(parameters));
            return new JsonObject { ["results"] = new JsonArray([.. statements.Select((statement, i) => Result(statement, i, database))]) };
        }
        catch (QuerySyntaxException error)
        {
            return new JsonObject { ["error"] = $"error parsing query: {error.Message}" };
        }
    }

    public List<ResultSeries> Run(string query, CancellationToken token) =>
        [.. QueryEngine.Parse(query, QueryParameters.None).SelectMany(statement => _engine.Run(statement, "db0", token))];

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private JsonObject Result(QueryStatement statement, int number, string database)
    {
        var result = new JsonObject { ["statement_id"] = number };
        try
        {
            var series = _engine.Run(statement, database, CancellationToken.None).Select(Series).ToArray();
            if (series.Length > 0)
            {
                result["series"] = new JsonArray(series);
            }
        }
        catch (QueryException error)
        {
            result["error"] = error.Message;
        }

        return result;
    }

    private static JsonNode Series(ResultSeries series)
    {
        var node = new JsonObject();
        if (series.Name.Length > 0)
        {
            node["name"] = series.Name;
        }

        if (series.Tags.Count > 0)
        {
            node["tags"] = new JsonObject(series.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        }

        node["columns"] = new JsonArray([.. series.Columns.Select(column => (JsonNode?)column)]);
        node["values"] = new JsonArray([.. Enumerable.Range(0, series.RowCount).Select(row => new JsonArray([.. series.Values.Select(column => Node(column[row], series.Zone))]))]);
        return node;
    }

    private static JsonNode? Node(Value value, TimeZoneInfo? zone) => value.Type switch
    {
        TimeSeries.InfluxQl.ValueType.Float => double.IsFinite(value.Float) ? value.Float : null,
        TimeSeries.InfluxQl.ValueType.Integer => value.Integer,
        TimeSeries.InfluxQl.ValueType.Unsigned => value.Unsigned,
        TimeSeries.InfluxQl.ValueType.Boolean => value.Boolean,
        TimeSeries.InfluxQl.ValueType.Text => value.Text,
        TimeSeries.InfluxQl.ValueType.Time => value.TimeText(zone),
        _ => null,
    };
}
