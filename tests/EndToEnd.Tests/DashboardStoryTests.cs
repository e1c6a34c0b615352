using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NocMonitor.Dashboards;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>Asks every query of every dashboard, as Grafana would, of the collector and of a real InfluxDB that have the same points.</summary>
public class DashboardStoryTests
{
    [Test]
    public async Task Every_panel_and_every_choice_shows_something_from_the_collector()
    {
        await using var site = new Site();
        await site.StartCollectorAsync();
        var now = TimeProvider.System.GetUtcNow();
        using var body = new StringContent(SampleEstate.Lines(now));
        using var written = await site.PostAsync("/api/v2/write", body);
        Assert.That(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());

        await AskAllAsync(query => AskAsync($"{site.Url}/query", query), now);
    }

    [Test]
    public async Task Every_panel_and_every_choice_shows_something_from_InfluxDB()
    {
        await using var influx = new InfluxServer();
        await influx.StartAsync();
        await influx.QueryAsync("CREATE DATABASE nocmonitor", "nocmonitor");
        var now = TimeProvider.System.GetUtcNow();
        using var client = new HttpClient();
        using var body = new StringContent(SampleEstate.Lines(now));
        using var written = await client.PostAsync(new Uri($"{influx.Url}/write?db=nocmonitor"), body);
        Assert.That(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());

        await AskAllAsync(query => AskAsync($"{influx.Url}/query", query), now);
    }

    [Test]
    public async Task The_overview_shows_what_fires_however_long_ago_it_began_and_each_alert_once()
    {
        await using var site = new Site();
        await site.StartCollectorAsync();
        var now = TimeProvider.System.GetUtcNow();
        string At(string tags, string state, double hoursAgo) =>
            $"alerts,{tags} state=\"{state}\",summary=\"s\" {now.AddHours(-hoursAgo).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        using var body = new StringContent(string.Join('\n',
            At("host=old,rule=host.down,severity=critical", "firing", 30),
            At("host=over,rule=host.down,severity=critical", "firing", 2), At("host=over,rule=host.down,severity=critical", "resolved", 1),
            At("host=worse,rule=fs.space,path=/,severity=warning", "firing", 3), At("host=worse,rule=fs.space,path=/,severity=warning", "replaced", 2),
            At("host=worse,rule=fs.space,path=/,severity=critical", "firing", 2),
            At("host=two,rule=fs.space,path=/,severity=warning", "firing", 3), At("host=two,rule=fs.space,path=/var,severity=warning", "resolved", 1)));
        using var written = await site.PostAsync("/api/v2/write?precision=ms", body);
        Assert.That(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
        var queries = Queries(DashboardCatalog.All[0]).ToDictionary(query => query.Place, query => Interpolate(query.Query, now));

        var open = await AskAsync($"{site.Url}/query", queries["NOC overview, Open alerts A"]);
        var critical = await AskAsync($"{site.Url}/query", queries["NOC overview, Critical alerts A"]);
        var warnings = await AskAsync($"{site.Url}/query", queries["NOC overview, Warnings A"]);

        Assert.That(
            open["results"]![0]!["series"]!.AsArray().Select(series => $"{series!["tags"]!["host"]} {series["tags"]!["severity"]} {series["values"]!.AsArray().Count}"),
            Is.EquivalentTo(new[] { "old critical 1", "worse critical 1", "two warning 1" }));
        Assert.That((int)critical["results"]![0]!["series"]![0]!["values"]![0]![1]!, Is.EqualTo(2));
        Assert.That((int)warnings["results"]![0]!["series"]![0]!["values"]![0]![1]!, Is.EqualTo(1));
    }

    private static async Task AskAllAsync(Func<string, Task<JsonNode>> ask, DateTimeOffset now)
    {
        var empty = new List<string>();
        var queries = DashboardCatalog.All.SelectMany(Queries).ToList();
        Assert.That(queries, Has.Count.GreaterThan(100));
        foreach (var (place, query) in queries)
        {
            var answer = await ask(Interpolate(query, now));
            var result = answer["results"]![0]!;
            var values = (result["series"] as JsonArray ?? []).SelectMany(series => series!["values"]!.AsArray()).SelectMany(row => row!.AsArray().Skip(1));
            if (result["error"] is not null || answer["error"] is not null || !values.Any(value => value is not null))
            {
                empty.Add($"{place}: {Interpolate(query, now)}\n  {answer.ToJsonString()}");
            }
        }

        Assert.That(empty, Is.Empty, string.Join('\n', empty));
    }

    /// <summary>From the JSON that is shipped, not from its definition: that is what Grafana reads.</summary>
    private static IEnumerable<(string Place, string Query)> Queries(Dashboard definition)
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Repository.Locate("deploy", "grafana", "dashboards", $"{definition.Uid}.json")))!;
        foreach (var variable in dashboard["templating"]!["list"]!.AsArray().Where(variable => (string)variable!["type"]! == "query"))
        {
            yield return ($"{definition.Title}, variable {variable!["name"]}", (string)variable["query"]!);
        }

        foreach (var annotation in dashboard["annotations"]!["list"]!.AsArray())
        {
            yield return ($"{definition.Title}, annotation {annotation!["name"]}", (string)annotation["target"]!["query"]!);
        }

        foreach (var panel in dashboard["panels"]!.AsArray())
        {
            foreach (var target in panel!["targets"] as JsonArray ?? [])
            {
                yield return ($"{definition.Title}, {panel["title"]} {target!["refId"]}", (string)target["query"]!);
            }
        }
    }

    /// <summary>What Grafana does with its macros, and with variables of which all values are chosen.</summary>
    private static string Interpolate(string query, DateTimeOffset now) => Regex.Replace(
        query.Replace("$timeFilter", string.Create(CultureInfo.InvariantCulture, $"time >= {now.AddHours(-1).ToUnixTimeMilliseconds()}ms and time <= {now.ToUnixTimeMilliseconds()}ms"), StringComparison.Ordinal)
            .Replace("${__to}", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$__interval", "1m", StringComparison.Ordinal), @"\$(site|host|interface)\b", ".*");

    private static async Task<JsonNode> AskAsync(string url, string query)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new("q", query), new("db", "nocmonitor"), new("epoch", "ms")]);
        using var answer = await client.PostAsync(new Uri(url), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
