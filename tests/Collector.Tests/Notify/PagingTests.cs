using System.Text.Json;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Notify.Webhook;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify;

/// <summary>From a sample on a socket to a page on a socket, through everything between.</summary>
public class PagingTests
{
    private const string Rules = """
        { "Rules": [ {
          "Name": "http.status", "Measurement": "http_response", "Critical": "result_code != 0", "For": "1 samples", "ClearFor": "1 samples",
          "Summary": "{{server}} answers {{result_code}}"
        } ] }
        """;

    [Test]
    public async Task A_failing_sample_pages_and_a_good_one_sends_the_recovery()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Receiver(sink), rules: Rules);

        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=0i");
        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=3i");
        var firing = Parse(await sink.NextAsync());
        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=0i");
        var resolved = Parse(await sink.NextAsync());

        Assert.That(Text(firing, "status"), Is.EqualTo("firing"));
        Assert.That(Text(firing.GetProperty("alerts")[0].GetProperty("annotations"), "summary"), Is.EqualTo("http://w/ answers 3"));
        Assert.That(Text(firing.GetProperty("commonLabels"), "alertname"), Is.EqualTo("http.status"));
        Assert.That(Text(firing.GetProperty("commonLabels"), "severity"), Is.EqualTo("critical"));
        Assert.That(Text(resolved, "status"), Is.EqualTo("resolved"));
        Assert.That(Text(resolved, "groupKey"), Is.EqualTo(Text(firing, "groupKey")));
        Assert.That(Text(resolved.GetProperty("alerts")[0], "fingerprint"), Is.EqualTo(Text(firing.GetProperty("alerts")[0], "fingerprint")));
    }

    [Test]
    public async Task A_mailbox_gets_the_page_with_the_last_hour_drawn()
    {
        await using var smtp = new FakeSmtpServer();
        var told = new TaskCompletionSource();
        smtp.Reply = command =>
        {
            if (command == "QUIT")
            {
                told.TrySetResult();
            }

            return null;
        };
        await using var collector = await TestCollector.StartAsync($$"""
            { "Receivers": { "post": { "Type": "mail", "Host": "127.0.0.1", "Port": {{smtp.Port}}, "Security": "None", "From": "noc@example.org", "To": "a@example.org" } } }
            """, rules: Rules);

        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=3i");
        await told.Task;

        Assert.That(smtp.Texts.Single(), Does.Contain("Subject: [CRITICAL] http://w/ answers 3").And.Contain("(result_code)"));
    }

    [Test]
    public async Task A_receiver_that_is_away_is_told_firing_and_then_resolved_once_it_is_back()
    {
        await using var sink = await WebhookSink.StartAsync();
        var down = true;
        sink.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = down ? 503 : 200);
        await using var collector = await TestCollector.StartAsync(Receiver(sink, """, "Outbox": { "FirstRetry": "100ms" } """), rules: Rules);
        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=3i");
        await sink.NextAsync();
        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=0i");

        down = false;
        var told = new List<string>();
        while (told.Count == 0 || told[^1] != "resolved")
        {
            told.Add(Text(Parse(await sink.NextAsync()), "status"));
        }

        Assert.That(told.SkipLast(1), Has.All.EqualTo("firing"));
    }

    [Test]
    public async Task A_page_that_was_not_delivered_before_a_restart_is_delivered_after_it()
    {
        using var folder = new TemporaryFolder();
        var sink = await WebhookSink.StartAsync();
        var address = sink.Address;
        await sink.DisposeAsync();
        await using (var before = await TestCollector.StartAsync(Receiver(address, """, "Outbox": { "FirstRetry": "100ms" } """), folder, rules: Rules))
        {
            await before.WriteAsync("http_response,host=web01,server=http://w/ result_code=3i");
        }

        await using var back = await WebhookSink.StartAsync(address.ToString());
        await using var after = await TestCollector.StartAsync(Receiver(address, """, "Outbox": { "FirstRetry": "100ms" } """), folder, rules: Rules);

        Assert.That(Text(Parse(await back.NextAsync()), "status"), Is.EqualTo("firing"));
    }

    [Test]
    public async Task One_dead_receiver_does_not_delay_another()
    {
        await using var good = await WebhookSink.StartAsync();
        await using var hanging = await WebhookSink.StartAsync();
        var release = new TaskCompletionSource();
        hanging.Answer = (_, _) => release.Task;
        await using var collector = await TestCollector.StartAsync($$"""
            { "Receivers": { "a-hanging": { "Type": "webhook", "Url": "{{hanging.Address}}" }, "good": { "Type": "webhook", "Url": "{{good.Address}}" } } }
            """, rules: Rules);

        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=3i");
        var first = await good.NextAsync();
        await collector.WriteAsync("http_response,host=web01,server=http://w/ result_code=0i");
        var second = await good.NextAsync();
        release.SetResult();

        Assert.That((Text(Parse(first), "status"), Text(Parse(second), "status")), Is.EqualTo(("firing", "resolved")));
    }

    private static string Receiver(WebhookSink sink, string more = "") => Receiver(sink.Address, more);

    private static string Receiver(Uri address, string more) => $$"""{ "Receivers": { "ops": { "Type": "webhook", "Url": "{{address}}" } } {{more}} }""";

    private static JsonElement Parse(WebhookSink.Received received) => JsonDocument.Parse(received.Body).RootElement;

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
