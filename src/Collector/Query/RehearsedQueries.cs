using System.Globalization;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// Asks itself, before the doors open, what dashboards ask: the first query of a process waits a tenth of a second for code to be compiled, and nobody is waiting yet. The answers
/// go nowhere. Reads a series or two; what fails is left to the first who asks it in earnest.
/// </summary>
internal sealed partial class QueryRehearsal(QueryDoor door, TimeSeriesStore store, ILogger<QueryRehearsal> log) : IHostedService
{
    /// <summary>Series looked at for one with a number and a tag.</summary>
    private const int MostLookedAt = 1000;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var query in Queries())
        {
            try
            {
                await door.RehearseAsync(query, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, query);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Queries()
    {
        yield return "SHOW DATABASES; SHOW MEASUREMENTS LIMIT 1";
        if (Subject() is not var (measurement, tag, value, field))
        {
            yield break;
        }

        var from = $"FROM {measurement} WHERE {tag} = {value}";
        yield return $"SELECT last({field}) {from} GROUP BY {tag}";
        yield return $"SELECT mean({field}) {from} AND time > now() - 2h GROUP BY time(1m), {tag} fill(null)";
        yield return $"SELECT max({field}), count({field}) {from} AND time > now() - 1d GROUP BY time(1h)";
        yield return $"SELECT top({field}, {tag}, 3) {from} AND time > now() - 1h";
        yield return $"SELECT {field} {from} AND time > now() - 1h LIMIT 10";
        yield return $"SHOW TAG VALUES FROM {measurement} WITH KEY = {tag} WHERE {tag} = {value}; SHOW FIELD KEYS FROM {measurement}";
    }

    private (string Measurement, string Tag, string Value, string Field)? Subject()
    {
        for (var id = 0; id < Math.Min(store.Index.Count, MostLookedAt); id++)
        {
            if (store.Index.Find(id) is { } series && series.Key is { Tags: [var tag, ..] } key
                && series.Fields.FirstOrDefault(field => field.Kind is FieldKind.Float or FieldKind.Integer) is { } number)
            {
                return (Quoted(key.Measurement, '"'), Quoted(tag.Key, '"'), Quoted(tag.Value, '\''), Quoted(number.Name, '"'));
            }
        }

        return null;
    }

    private static string Quoted(string text, char quote) =>
        string.Create(CultureInfo.InvariantCulture, $"{quote}{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal)}{quote}");

    [LoggerMessage(1631, LogLevel.Debug, "The query {Query} could not be rehearsed")]
    private partial void LogFailed(Exception exception, string query);
}
