using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NocMonitor.Testing;

namespace NocMonitor.TimeSeries.Tests.InfluxQl;

/// <summary>The queries of public Grafana dashboards over what a real Telegraf wrote.</summary>
[Category("Conformance")]
public partial class DashboardConformanceTests
{
    private const string Range = "time >= 1591894300s and time <= 1591894480s";

    [Test]
    public async Task Every_panel_and_variable_is_answered_and_has_series_where_there_are_points()
    {
        var dashboards = JsonNode.Parse(await File.ReadAllTextAsync(Corpora.Find("influxql/dashboards.json")))!.AsObject();
        await using var stage = new QueryStage();
        await stage.WriteAsync(await File.ReadAllTextAsync(Corpora.Find("lineproto/metrics.lp")));
        var (wrong, answered) = (new List<string>(), 0);

        foreach (var query in dashboards.SelectMany(dashboard => Queries(dashboard.Value!)).Distinct())
        {
            var result = stage.Ask(query)["results"]?[0];
            if (result is null || result["error"] is not null || (result["series"] is null && ShouldHaveSeries(stage, query)))
            {
                wrong.Add($"{query}\n  {result?.ToJsonString() ?? "was refused"}");
            }

            answered += result?["series"] is null ? 0 : 1;
        }

        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
        Assert.That(answered, Is.GreaterThan(20));
    }

    private static IEnumerable<string> Queries(JsonNode dashboard) =>
        dashboard["q"]!.AsArray().Select(pair => pair![1]!.GetValue<string>())
            .Concat(dashboard["tv"]!.AsArray().Select(query => query!.GetValue<string>()))
            .Concat(dashboard["an"]!.AsArray().Select(query => query!.GetValue<string>()))
            .Select(Filled);

    /// <summary>As Grafana fills in its variables: "all" in a pattern, the host of the points where one is named.</summary>
    private static string Filled(string query)
    {
        var text = query.Replace("$timeFilter", Range, StringComparison.Ordinal)
            .Replace("$__interval", "10s", StringComparison.Ordinal).Replace("$interval", "10s", StringComparison.Ordinal)
            .Replace("time(auto)", "time(10s)", StringComparison.Ordinal).Replace("'$cpu'", "'cpu-total'", StringComparison.Ordinal);
        text = Quoted().Replace(text, "'Andrews-MBP.hsd1.ma.comcast.net'");
        return Variable().Replace(text, ".*");
    }

    /// <summary>The measurement and all the fields are there, and nothing but the host is asked for by name.</summary>
    private static bool ShouldHaveSeries(QueryStage stage, string query)
    {
        var measurement = Source().Match(query).Groups[1].Value;
        var fields = stage.Store.Index.Fields(measurement).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var asked = Function().Matches(query).Select(match => match.Groups[1].Value).ToList();
        var isNamed = query.Replace("'Andrews-MBP.hsd1.ma.comcast.net'", "", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal);
        return asked.Count > 0 && asked.TrueForAll(fields.Contains) && !isNamed;
    }

    [GeneratedRegex(@"'\$\w+'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex("""(?i)from "?([\w-]+)"?""")]
    private static partial Regex Source();

    [GeneratedRegex("""(?:mean|last|max|min|sum)\("?([\w-]+)"?\)""")]
    private static partial Regex Function();
}
