using System.Net;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Ingest;

public class HealthEndpointsTests
{
    [Test]
    public async Task Ping_answers_204_with_the_headers_that_clients_look_at()
    {
        await using var collector = await TestCollector.StartAsync();

        var answer = await collector.Client.GetAsync("/ping");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Headers.GetValues("X-Influxdb-Version").Single(), Is.EqualTo("1.8.10"));
        Assert.That(answer.Headers.Contains("X-Request-Id"));
    }

    [Test]
    public async Task A_verbose_ping_gives_the_version()
    {
        await using var collector = await TestCollector.StartAsync();

        Assert.That(await collector.Client.GetStringAsync("/ping?verbose=true"), Is.EqualTo("""{"version":"1.8.10"}"""));
    }

    [Test]
    public async Task Health_and_ready_say_that_points_are_taken()
    {
        await using var collector = await TestCollector.StartAsync();

        var health = await collector.Client.GetStringAsync("/health");
        var ready = await collector.Client.GetStringAsync("/ready");

        Assert.That(health, Does.StartWith("""{"name":"influxdb","message":"ready for queries and writes","status":"pass","version":"0.1.0","commit":""").And.EndsWith(""","checks":[]}"""));
        Assert.That(ready, Does.StartWith("""{"status":"ready","started":"""));
    }
}
