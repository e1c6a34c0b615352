using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;

namespace NocMonitor.EndToEnd.Tests.InfluxQl;

/// <summary>The same points and the same queries at a collector and at a real InfluxDB 1. Where the two differ on purpose, docs/formats/influxql.md says why.</summary>
public class LiveComparisonTests
{
    private const string Database = "cmp";

    /// <summary>Decimals may differ in the last digits: sums are taken in another order.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>A forecast is searched for step by step, and each step adds to what the last digits of its input differ in.</summary>
    private const double ForecastTolerance = 1e-6;

    [Test]
    public async Task A_collector_answers_as_InfluxDB_does()
    {
        await using var influx = new InfluxServer();
        await influx.StartAsync();
        await influx.AskAsync($"CREATE DATABASE {Database}", "");
        await influx.WriteAsync(LivePoints.Lines(), Database);
        await using var site = new Site();
        site.CollectorOptions["Store"] = new JsonObject { ["Retention"] = "36500d" };
        await site.StartCollectorAsync();
        using var stored = await site.PostAsync($"/write?db={Database}", new StringContent(LivePoints.Lines()));
        Assert.That((int)stored.StatusCode, Is.EqualTo(204));
        var differences = new List<string>();

        foreach (var query in LiveQueries.All)
        {
            var expected = await influx.AskAsync(query, Database);
            using var form = new FormUrlEncodedContent([new("q", query), new("db", Database), new("epoch", "ns")]);
            using var answer = await site.PostAsync("/query", form);
            var actual = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            if (!Alike(expected, actual, query.Contains("holt_winters", StringComparison.Ordinal) ? ForecastTolerance : Tolerance))
            {
                differences.Add($"{query}\n  InfluxDB  {expected?.ToJsonString()}\n  collector {actual?.ToJsonString()}");
            }
        }

        Assert.That(differences, Is.Empty, () => string.Join('\n', differences));
    }

    private static bool Alike(JsonNode? expected, JsonNode? actual, double tolerance) => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => left.Count == right.Count && left.All(member => right.TryGetPropertyValue(member.Key, out var other) && Alike(member.Value, other, tolerance)),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Alike(pair.First, pair.Second, tolerance)),
        (JsonValue left, JsonValue right) when left.TryGetValue<double>(out var x) && right.TryGetValue<double>(out var y) => Math.Abs(x - y) <= tolerance * Math.Max(Math.Abs(x), Math.Abs(y)),
        _ => JsonNode.DeepEquals(expected, actual),
    };
}
