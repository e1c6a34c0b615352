using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>Debian's Prometheus writes to a real collector by remote write.</summary>
[Platform("Linux")]
public class PrometheusSenderTests
{
    [Test]
    public async Task What_Prometheus_scrapes_arrives_and_goes_on_after_the_collector_was_killed()
    {
        await using var prometheus = new PrometheusServer();
        await using var site = new Site();
        await site.StartCollectorAsync();
        await prometheus.StartAsync(
            $"url: {site.Url}/api/v1/write",
            "queue_config: { batch_send_deadline: 200ms, min_backoff: 30ms, max_backoff: 200ms }",
            "write_relabel_configs:",
            "  - { source_labels: [ instance ], regex: '([^:]+)(:[0-9]+)?', target_label: host }");

        await Eventually.HappensAsync("samples of up", async () => await CountAsync(site, "up") >= 2, () => prometheus.Output + site.Evidence());
        site.Collector!.KillHard();
        await site.Collector.ExitAsync(CancellationToken.None);
        var before = TimeProvider.System.GetUtcNow();
        await site.StartCollectorAsync();
        await Eventually.HappensAsync("samples from before and after the collector was away",
            async () => (await TimesAsync(site)).Count(time => time > before) >= 2, () => prometheus.Output + site.Evidence());

        var times = await TimesAsync(site);
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one);
        Assert.That(gaps.Max(), Is.LessThan(TimeSpan.FromSeconds(1.9)), "a scrape is missing");
        Assert.That(await TagsAsync(site), Is.EqualTo(new[] { "host", "instance", "job" }));
        Assert.That(await CountAsync(site, "go_gc_duration_seconds"), Is.GreaterThan(0));
        Assert.That(prometheus.Output, Does.Not.Contain("non-recoverable"));
    }

    [Test]
    public async Task A_series_that_is_refused_is_dropped_and_the_others_go_on()
    {
        await using var prometheus = new PrometheusServer();
        await using var site = new Site();
        site.CollectorOptions["Ingest"] = new JsonObject { ["MaxTags"] = 3 };
        await site.StartCollectorAsync();
        await prometheus.StartAsync($"url: {site.Url}/api/v1/write", "queue_config: { batch_send_deadline: 200ms }");

        await Eventually.HappensAsync("a refusal in Prometheus' log", () => Task.FromResult(prometheus.Output.Contains("HTTP status 400", StringComparison.Ordinal)), () => prometheus.Output + site.Evidence());
        await Eventually.HappensAsync("samples of up", async () => await CountAsync(site, "up") >= 2, () => prometheus.Output + site.Evidence());

        Assert.That(prometheus.Output, Does.Contain("too many tags").Or.Contain("more than 3 tags"));
    }

    private static async Task<int> CountAsync(Site site, string measurement) => (await site.TimesAsync(measurement)).Count;

    private static Task<IReadOnlyList<DateTimeOffset>> TimesAsync(Site site) => site.TimesAsync("up");

    private static async Task<IEnumerable<string>> TagsAsync(Site site) =>
        (await site.GetAsync("/api/v1/points?measurement=up&limit=1"))!["series"]![0]!["tags"]!.AsObject().Select(tag => tag.Key).Order();
}
