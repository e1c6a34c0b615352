using System.Text.Json.Nodes;
using NocMonitor.Testing;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.TimeSeries.Tests.InfluxQl;

/// <summary>InfluxDB's own server tests: the same points, the same queries, the same answers.</summary>
[Category("Conformance")]
public class ServerConformanceTests
{
    private static readonly string[] OutOfScope = ["CREATE USER", "SHOW SHARDS", "SHOW STATS", " INTO "];

    /// <summary>There is one retention policy, so an answer by policy is another one. See docs/formats/influxql.md.</summary>
    private static readonly string[] KnownToDiffer = ["SHOW MEASUREMENTS on db0.*", "SHOW MEASUREMENTS on db0.rp0"];

    [Test]
    public async Task Every_query_is_answered_as_InfluxDB_answers_it()
    {
        var tests = JsonNode.Parse(await File.ReadAllTextAsync(Corpora.Find("influxql/server.json")))!.AsArray();
        var differences = new List<string>();
        var count = 0;

        foreach (var test in tests.Where(test => test!["db"] is not null && !test["stateful"]!.GetValue<bool>()))
        {
            count += test!["queries"]!.AsArray().Count;
            differences.AddRange(await DifferencesAsync(test));
        }

        Assert.That(count, Is.GreaterThan(300));
        Assert.That(differences, Is.Empty, () => $"{differences.Count} differences:\n{string.Join('\n', differences)}");
    }

    /// <summary>Two of the tests configure their server.</summary>
    private static QueryLimits? LimitsOf(string test) => test switch
    {
        "TestServer_Query_MaxSelectSeriesN" => new QueryLimits { MaxSeries = 3 },
        "TestServer_Query_ImplicitFill" => new QueryLimits { MaxBuckets = 5 },
        _ => null,
    };

    private static async Task<List<string>> DifferencesAsync(JsonNode test)
    {
        var name = test["test"]!.GetValue<string>();
        await using var stage = new QueryStage(LimitsOf(name));
        foreach (var write in test["writes"]!.AsArray().Where(write => write!["db"]!.GetValue<string>() == "db0"))
        {
            await stage.WriteAsync(write!["lines"]!.GetValue<string>());
        }

        var differences = new List<string>();
        foreach (var query in test["queries"]!.AsArray())
        {
            var text = query!["command"]!.GetValue<string>();
            var expected = query["exp"]!.GetValue<string>();
            var answer = stage.Ask(text);
            var fits = Array.Exists(OutOfScope, words => text.Contains(words, StringComparison.OrdinalIgnoreCase))
                ? answer["results"]?[0]?["error"] is not null
                : JsonNode.DeepEquals(answer, JsonNode.Parse(expected));
            if (!fits && !KnownToDiffer.Contains(text))
            {
                differences.Add($"{name}: {text}\n  expected {expected}\n  but was  {answer.ToJsonString()}");
            }
        }

        return differences;
    }
}
