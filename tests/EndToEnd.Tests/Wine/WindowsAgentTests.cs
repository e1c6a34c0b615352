using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Wine;

/// <summary>The published Windows agent under wine. What wine cannot show is listed in docs/windows.md.</summary>
[Category("Wine")]
[NonParallelizable]
public class WindowsAgentTests
{
    private const string Service = "NocMonitorAgent";

    private const string Probes = """
        [ { "Type": "cpu", "Interval": "1s" }, { "Type": "mem", "Interval": "1s" }, { "Type": "disk", "Interval": "1s" }, { "Type": "net", "Interval": "1s" },
          { "Type": "processes", "Interval": "1s" }, { "Type": "service", "Interval": "1s" } ]
        """;

    [Test]
    public async Task It_starts_and_reports_its_host()
    {
        await using var windows = await WinePrefix.CreateAsync();
        var config = windows.Write("agent.json", Config("http://127.0.0.1:9"));

        var lines = (await windows.RunAsync(windows.Agent, "once", "--stdout", "--config", WinePrefix.WindowsPath(config))).Split('\n');

        foreach (var measurement in new[] { "cpu", "mem", "disk", "net", "processes", "win_services" })
        {
            Assert.That(lines, Has.Some.StartsWith($"{measurement},"), measurement);
        }

        Assert.That(lines, Has.Some.Contains("path=C:"));
    }

    [Test]
    public async Task As_a_service_it_pushes_and_spools_while_the_collector_is_away()
    {
        await using var windows = await WinePrefix.CreateAsync();
        await using var site = new Site();
        await site.StartCollectorAsync();
        var config = windows.Write("agent.json", Config(site.Url));
        var command = $"{windows.Agent} run --config {WinePrefix.WindowsPath(config)} --data {WinePrefix.WindowsPath(windows.PathOf("agent"))}";

        await Eventually.HappensAsync("a registered service", async () =>
        {
            // Wine's service manager comes up some time after its first user.
            await windows.RunAsync("sc", "create", Service, "binPath=", command, "start=", "demand");
            return (await windows.RunAsync("sc", "query", Service)).Contains("STATE", StringComparison.Ordinal);
        });
        var started = await windows.RunAsync("net", "start", Service);
        await Eventually.HappensAsync("points of the service", () => HasAsync(site, "mem"), () => $"{started}{site.Evidence()}");
        var known = (await site.TimesAsync("mem")).Count;

        await site.Collector!.StopAsync(CancellationToken.None);
        var away = await site.AgentRoundsAsync(20);
        await site.StartCollectorAsync();

        await Eventually.HappensAsync("points of the time without a collector",
            async () => (await site.TimesAsync("mem")).Count(time => time >= away[0] && time <= away[^1]) >= 2, site.Evidence);
        Assert.That((await site.TimesAsync("mem")).Count, Is.GreaterThan(known));
        Assert.That((await site.GetAsync("/api/v1/hosts"))!.ToJsonString(), Does.Contain("wine-host"));

        var stopped = await windows.RunAsync("net", "stop", Service);
        Assert.That(await windows.RunAsync("sc", "query", Service), Does.Contain("STOPPED"), stopped);
    }

    private static string Config(string collector) => new JsonObject
    {
        ["Agent"] = new JsonObject
        {
            ["Name"] = "wine-agent",
            ["Host"] = "wine-host",
            ["FlushInterval"] = "200ms",
            ["HeartbeatInterval"] = "1s",
            ["Collectors"] = new JsonArray(new JsonObject { ["Url"] = collector, ["TimeLimit"] = "2s" }),
            ["Probes"] = JsonNode.Parse(Probes),
        },
    }.ToJsonString();

    private static async Task<bool> HasAsync(Site site, string measurement) => (await site.TimesAsync(measurement)).Count > 0;
}
