using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>One of the two programs is gone for a while.</summary>
public class OutageStoryTests
{
    [Test]
    public async Task Points_taken_while_the_collector_is_away_all_arrive_later()
    {
        await using var site = new Site();
        site.Webhook.Start();
        site.Probes.Add(JsonNode.Parse("""{ "Type": "mem", "Interval": "200ms" }"""));
        await site.StartCollectorAsync();
        site.StartAgent();
        await Eventually.HappensAsync("points", async () => (await site.TimesAsync("mem")).Count > 3, site.Evidence);

        site.Collector!.KillHard();
        await site.Collector.ExitAsync(CancellationToken.None);
        var away = (await site.AgentRoundsAsync(10)).ToList();
        await site.StartCollectorAsync();
        await Eventually.HappensAsync("points from after the outage", async () => (await site.TimesAsync("mem")) is [.., var last] && last > away[^1], site.Evidence);
        await Eventually.HappensAsync("points of the whole outage", async () => LongestGap(await site.TimesAsync("mem")) < TimeSpan.FromSeconds(2), site.Evidence);

        Assert.That((await site.TimesAsync("mem")).Count(time => time > away[0] && time < away[^1]), Is.GreaterThan(0));
    }

    [Test]
    public async Task An_agent_that_dies_is_reported_and_so_is_its_return()
    {
        await using var site = new Site();
        site.Webhook.Start();
        site.CollectorOptions["Rules"] = JsonNode.Parse("""
            { "StartGrace": "0s", "Overrides": { "agent.silent": { "NoData": "warning after 3s, critical after 6s" } } }
            """);
        site.Probes.Add(JsonNode.Parse("""{ "Type": "cpu", "Interval": "1s" }"""));
        await site.StartCollectorAsync();
        site.StartAgent();
        await Eventually.HappensAsync("heartbeat", async () => (await site.TimesAsync("agent")).Count > 1, site.Evidence);

        site.Agent!.KillHard();
        await Eventually.HappensAsync("page", () => Task.FromResult(site.Pages().Contains("agent.silent firing")), site.Evidence);
        site.StartAgent();
        await Eventually.HappensAsync("recovery", () => Task.FromResult(site.Pages().Contains("agent.silent resolved")), site.Evidence);

        Assert.That(site.Pages().Where(page => !page.StartsWith("agent.silent", StringComparison.Ordinal)), Is.Empty, "its silence is one alert, not one a probe");
    }

    private static TimeSpan LongestGap(IReadOnlyList<DateTimeOffset> times) =>
        times.Zip(times.Skip(1), (earlier, later) => later - earlier).DefaultIfEmpty().Max();
}
