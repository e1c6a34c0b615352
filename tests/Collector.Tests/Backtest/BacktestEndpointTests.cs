using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NocMonitor.Collector.Backtest;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Backtest;

public class BacktestEndpointTests
{
    private const string Rules = """
        { "Rules": [
          { "Name": "hot", "Measurement": "m", "Warning": "v > 60", "WarningClear": "v < 55", "Critical": "avg(v, 1m) > 80", "For": "3 samples", "StaleAfter": "10m", "FlapChanges": 0, "Summary": "s" },
          { "Name": "child", "Measurement": "m", "Critical": "v > 60", "For": "1 samples", "ClearFor": "1 samples", "DependsOn": [ "parent" ], "Summary": "s" },
          { "Name": "parent", "Measurement": "p", "Critical": "down > 0", "For": "1 samples", "ClearFor": "1 samples", "Summary": "s" } ] }
        """;

    private static readonly long Start = TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds() / 60 * 60;

    [Test]
    public async Task A_replay_tells_what_the_engine_itself_did()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Walk(seed: 7));

        var report = await RunAsync(collector, new BacktestRequest("hot", Time(0), Time(9000), Limit: 1000));
        var replayed = report.Current.List
            .SelectMany(alert => new[] { (alert.Start, alert.Series, true) }.Concat(alert.End is { } end ? [(end, alert.Series, false)] : [])).Select(Text).ToList();
        await Eventually.HappensAsync("as many transitions", async () => (await LivedAsync(collector)).Count >= replayed.Count);

        Assert.That(replayed, Has.Count.GreaterThan(8));
        Assert.That(replayed.Order(), Is.EqualTo((await LivedAsync(collector)).Order()));
        Assert.That(report.Samples, Is.EqualTo(1500));
    }

    [Test]
    public async Task A_change_shows_what_goes_and_what_comes()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 50), (10, 65), (20, 50), (50, 90), (60, 50)]));

        var report = await RunAsync(collector, new BacktestRequest(
            "child", Time(0), Time(3600), """{ "Rules": [ { "Name": "child", "Critical": "v > 80", "DependsOn": [] } ] }"""));

        Assert.That((report.Current.Alerts, report.Changed!.Alerts), Is.EqualTo((2, 1)));
        Assert.That(report.Difference!.Pages, Is.EqualTo(-1));
        Assert.That(report.Difference.OnlyCurrent.Select(alert => alert.Start), Is.EqualTo(new[] { Time(10) }));
        Assert.That(report.Difference.OnlyChanged, Is.Empty);
    }

    [Test]
    public async Task A_page_that_a_parent_kept_back_goes_out_when_the_parent_recovers_and_the_child_does_not()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("p,host=a", "down", [(0, 0), (100, 1), (200, 0), (300, 1), (400, 0)]));
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 0), (110, 90), (120, 0), (310, 90), (450, 0)]));
        await collector.WriteAsync(Lines("m,host=b", "v", [(0, 0), (110, 90), (120, 0)]));

        var report = await RunAsync(collector, new BacktestRequest("child", Time(0), Time(3600)));

        Assert.That(
            report.Current.List.OrderBy(alert => alert.Start).ThenBy(alert => alert.Host).Select(alert => (alert.Host, alert.Start, alert.Pages)),
            Is.EqualTo(new[] { ("a", Time(110), 0), ("b", Time(110), 1), ("a", Time(310), 1) }));
        Assert.That(report.Current.SuppressedAlerts, Is.EqualTo(1));
    }

    [Test]
    public async Task An_alert_that_the_change_splits_stands_for_one_and_the_others_are_new()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 50), (10, 90), (20, 70), (30, 90), (40, 70), (50, 90), (60, 50)]));
        const string higher = """{ "Rules": [ { "Name": "child", "Critical": "v > 80", "DependsOn": [] } ] }""";

        var report = await RunAsync(collector, new BacktestRequest("child", Time(0), Time(3600), higher));

        Assert.That((report.Current.Alerts, report.Changed!.Alerts, report.Difference!.Alerts), Is.EqualTo((1, 3, 2)));
        Assert.That(report.Difference.OnlyCurrent, Is.Empty);
        Assert.That(report.Difference.OnlyChanged.Select(alert => alert.Start), Is.EqualTo(new[] { Time(50), Time(30) }));
    }

    [TestCase("hot", 3600, 7200, "", "the store has no samples of m from that time", TestName = "No samples then")]
    [TestCase("parent", 0, 3600, "", "the store has no series of p that the rule applies to", TestName = "No series at all")]
    [TestCase("hot", -86400, 3600, "", "the samples begin at ", TestName = "Less history than was asked for")]
    [TestCase("hot", 0, 3600, "\"Warning\": \"vv > 60\"", "no series of m has a field vv; did you mean v?; a condition on it never holds", TestName = "A mistyped field")]
    public async Task What_the_figures_cannot_tell_is_told_beside_them(string rule, int from, int to, string change, string note)
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 50), (10, 65)]));
        var file = change.Length == 0 ? null : $$"""{ "Rules": [ { "Name": "{{rule}}", {{change}} } ] }""";

        var report = await RunAsync(collector, new BacktestRequest(rule, Time(from), Time(to), file));

        Assert.That(report.Notes, Has.One.StartsWith(note));
    }

    [Test]
    public async Task A_whole_history_needs_no_note()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 50), (10, 65)]));

        var report = await RunAsync(collector, new BacktestRequest("hot", Time(0), Time(3600), """{ "Rules": [ { "Name": "hot", "Warning": "v > 70" } ] }"""));

        Assert.That(report.Notes, Is.Empty);
    }

    [TestCase("""{ "rule": "colder" }""", "there is no rule colder", TestName = "An unknown rule")]
    [TestCase("""{ "rule": "hot", "file": "{ \"Rules\": [ { \"Name\": \"hot\",\n \"Warning\": \"v >\" } ] }", "fileName": "mine.json" }""", "mine.json:2:13", TestName = "A wrong condition, with its place")]
    [TestCase("""{ "rule": "hot", "file": "{}" }""", "there is no rule hot in it", TestName = "A file without the rule")]
    [TestCase("""{ "rule": "hot", "from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z" }""", "from before to", TestName = "An end before the beginning")]
    [TestCase("""{ "rule": """, "not right", TestName = "No JSON")]
    public async Task Refused(string body, string reason)
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);

        using var answer = await collector.Client.PostAsync("/api/v1/backtest", new StringContent(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>(), Does.Contain(reason));
    }

    [Test]
    public async Task The_command_prints_figures_and_difference()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);
        await collector.WriteAsync(Lines("m,host=a", "v", [(0, 50), (10, 65), (20, 50), (50, 90), (60, 50)]));

        var run = await CommandLineRun.RunAsync("backtest", "--url", collector.Address.ToString(), "--rule", "child", "--since", "4h", "--set", "Critical=v > 80");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("child").And.Contain("changed").And.Contain("Gone with the change: 1").And.Contain("m,host=a"));
    }

    [Test]
    public async Task The_command_says_what_is_wrong_with_a_change()
    {
        await using var collector = await TestCollector.StartAsync(rules: Rules);

        var run = await CommandLineRun.RunAsync("backtest", "--url", collector.Address.ToString(), "--rule", "child", "--set", "Critcal=v > 80");

        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain("--set").And.Contain("Critcal").And.Contain("Critical"));
    }

    private static async Task<BacktestReport> RunAsync(TestCollector collector, BacktestRequest request)
    {
        using var body = new StringContent(JsonSerializer.Serialize(request, BacktestJson.Plain.BacktestRequest), Encoding.UTF8, "application/json");
        using var answer = await collector.Client.PostAsync("/api/v1/backtest", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, BacktestJson.Plain.BacktestReport)!;
    }

    /// <summary>What the engine recorded of rule hot: raised and cleared, by sample time.</summary>
    private static async Task<IReadOnlyList<string>> LivedAsync(TestCollector collector)
    {
        var points = JsonNode.Parse(await collector.Client.GetStringAsync("/api/v1/points?measurement=alerts&rule=hot&from=-4h&limit=20000"))!;
        return [.. points["series"]!.AsArray().SelectMany(series => series!["points"]!.AsArray().Select(point => (Series: series, Point: point!)))
            .Where(pair => pair.Point["fields"]!["reason"]!.GetValue<string>() is "raised" or "cleared")
            .Select(pair => Text((
                pair.Point["time"]!.GetValue<DateTimeOffset>(), $"m,host={pair.Series["tags"]!["host"]}", pair.Point["fields"]!["reason"]!.GetValue<string>() == "raised")))];
    }

    private static string Text((DateTimeOffset Time, string Series, bool Raised) event_) =>
        string.Create(CultureInfo.InvariantCulture, $"{event_.Series} {event_.Time.ToUnixTimeSeconds() - Start} {(event_.Raised ? "raised" : "cleared")}");

    /// <summary>Three series of 500 samples that wander about the limits.</summary>
    private static string Walk(int seed)
    {
        var random = new Random(seed);
        var values = new[] { 50.0, 60, 70 };
        var lines = new StringBuilder();
        for (var step = 0; step < 500; step++)
        {
            for (var series = 0; series < values.Length; series++)
            {
                values[series] = Math.Clamp(values[series] + (random.NextDouble() * 20) - 10, 20, 100);
                lines.Append(CultureInfo.InvariantCulture, $"m,host=h{series} v={values[series]} {(Start + (step * 15)) * 1_000_000_000}\n");
            }
        }

        return lines.ToString();
    }

    private static string Lines(string series, string field, IEnumerable<(int Second, int Value)> samples) =>
        string.Concat(samples.Select(sample => $"{series} {field}={sample.Value} {(Start + sample.Second) * 1_000_000_000}\n"));

    private static DateTimeOffset Time(int second) => DateTimeOffset.FromUnixTimeSeconds(Start + second);
}
