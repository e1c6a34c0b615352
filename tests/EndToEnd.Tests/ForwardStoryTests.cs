using System.Net;
using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>Points go on to real stores that come and go, from a collector that is killed.</summary>
public class ForwardStoryTests
{
    private const int Rounds = 4;
    private const int PointsPerRound = 50;

    [Test]
    public async Task Nothing_is_lost_between_stores_that_are_away_and_a_collector_that_is_killed()
    {
        await using var influx = new InfluxServer();
        await using var victoria = new VictoriaServer();
        await using var site = new Site();
        site.CollectorOptions["Forwarders"] = new JsonObject
        {
            ["influx"] = new JsonObject { ["Type"] = "InfluxDb1", ["Url"] = influx.Url, ["Database"] = "noc", ["LongestRetry"] = "1s" },
            ["victoria"] = new JsonObject { ["Type"] = "VictoriaMetrics", ["Url"] = victoria.Url, ["LongestRetry"] = "1s" },
        };
        await influx.StartAsync();
        await influx.QueryAsync("CREATE DATABASE noc", "noc");
        await influx.StopAsync();
        await site.StartCollectorAsync();
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 300_000;
        var written = new List<long>();

        // Round 0 both are away, round 1 one is there, round 2 both, round 3 the first has gone again; after each the collector is killed.
        await WriteAsync(site, start, written);
        await RestartAsync(site);
        await victoria.StartAsync();
        await WriteAsync(site, start, written);
        await RestartAsync(site);
        await influx.StartAsync();
        await WriteAsync(site, start, written);
        await Eventually.HappensAsync("points at InfluxDB", async () => (await StoredAsync(influx)).Count > 0, site.Evidence);
        await influx.StopAsync();
        await RestartAsync(site);
        await WriteAsync(site, start, written);
        await influx.StartAsync();

        await Eventually.HappensAsync("all points at InfluxDB", async () => (await StoredAsync(influx)).Count >= written.Count, site.Evidence);
        await Eventually.HappensAsync("all points at VictoriaMetrics", async () => (await StoredAsync(victoria)).Count >= written.Count, site.Evidence);
        Assert.That(written, Has.Count.EqualTo(Rounds * PointsPerRound));
        Assert.That(await StoredAsync(influx), Is.EqualTo(written));
        Assert.That(await StoredAsync(victoria), Is.EqualTo(written));
    }

    private static async Task WriteAsync(Site site, long start, List<long> written)
    {
        for (var i = 0; i < PointsPerRound; i++)
        {
            var number = written.Count;
            using var body = new StringContent($"forwarded,host=a number={number}i,word=\"w{number}\" {(start + number) * 1_000_000}\n");
            using var answer = await site.PostAsync("/api/v2/write", body);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            written.Add(number);
        }
    }

    private static async Task RestartAsync(Site site)
    {
        site.Collector!.KillHard();
        await site.Collector.ExitAsync(CancellationToken.None);
        await site.StartCollectorAsync();
    }

    private static async Task<IReadOnlyList<long>> StoredAsync(InfluxServer influx) =>
        [.. (await influx.QueryAsync("SELECT number FROM forwarded", "noc")).Select(row => (long)row[1]!)];

    private static async Task<IReadOnlyList<long>> StoredAsync(VictoriaServer victoria) =>
        [.. (await victoria.ExportAsync("forwarded_number")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => JsonNode.Parse(line)!["values"]!.AsArray()).Select(value => (long)value!).Distinct()];
}
