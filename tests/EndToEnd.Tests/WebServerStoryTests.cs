using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>The main job: a probed web server stops, the engineer on call is told, and is told again when it is back.</summary>
public class WebServerStoryTests
{
    [Test]
    public async Task A_web_server_that_stops_pages_webhook_and_mailbox_and_its_return_sends_the_recovery()
    {
        await using var site = new Site();
        site.Target.Start();
        site.Webhook.Start();
        site.Probes.Add(JsonNode.Parse($$"""{ "Type": "http", "Interval": "1s", "Targets": [ "{{site.Target.Url}}" ] }"""));
        await site.StartCollectorAsync();
        site.StartAgent();
        await Eventually.HappensAsync("probe of the web server", () => Task.FromResult(site.Target.Requests.Count > 1), site.Evidence);

        await site.Target.StopAsync();
        await Eventually.HappensAsync("page", () => Task.FromResult(site.Pages().Contains("http.status firing")), site.Evidence);
        await Eventually.HappensAsync("mail", () => Task.FromResult(site.Mailbox.Texts.Count > 0), site.Evidence);
        site.Target.Start();
        await Eventually.HappensAsync("recovery", () => Task.FromResult(site.Pages().Contains("http.status resolved")), site.Evidence);
        await Eventually.HappensAsync("second mail", () => Task.FromResult(site.Mailbox.Texts.Count > 1), site.Evidence);

        Assert.That(site.Pages().Where(page => page.StartsWith("http.status", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "http.status firing", "http.status resolved" }), "each transition is told once");
        Assert.That(site.Mailbox.Texts[0], Does.Contain("http.status"));
    }

    [Test]
    public async Task Both_programs_stop_when_asked_and_say_nothing_bad()
    {
        await using var site = new Site();
        site.Webhook.Start();
        site.Probes.Add(JsonNode.Parse("""{ "Type": "cpu", "Interval": "1s" }"""));
        await site.StartCollectorAsync();
        site.StartAgent();
        await Eventually.HappensAsync("heartbeat", async () => (await site.GetAsync("/api/v1/hosts"))?.ToJsonString().Contains("agent-1", StringComparison.Ordinal) == true, site.Evidence);

        var agent = await site.Agent!.StopAsync(CancellationToken.None);
        var collector = await site.Collector!.StopAsync(CancellationToken.None);

        Assert.That((agent, collector), Is.EqualTo((0, 0)), site.Evidence());
        Assert.That(site.Evidence(), Does.Not.Contain("Exception"));
    }
}
