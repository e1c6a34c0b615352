using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Notify.Webhook;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Outbox;

public class OutboxTests
{
    private const string Rules = """
        { "Rules": [ {
          "Name": "r", "Measurement": "m", "Warning": "f > 1", "Critical": "f > 10", "For": "1 samples", "ClearFor": "1 samples", "Summary": "{{host}}"
        } ] }
        """;

    [Test]
    public async Task A_refusal_for_good_ends_the_row_with_its_reason_and_is_not_tried_again()
    {
        await using var sink = await WebhookSink.StartAsync();
        sink.Answer = (number, context) => Task.FromResult(context.Response.StatusCode = number == 1 ? 400 : 200);
        await using var collector = await TestCollector.StartAsync(Receiver(sink.Address), rules: Rules);

        await collector.WriteAsync("m,host=a f=5");
        await sink.NextAsync();
        await collector.WriteAsync("m,host=b f=5");
        var next = await sink.NextAsync();

        Assert.That(next.Body, Does.Contain("\"host\":\"b\""));
        var first = await NotificationAsync(collector, "a");
        Assert.That((first["state"]!.GetValue<string>(), first["error"]!.GetValue<string>()), Is.EqualTo(("failed", "answered 400")));
    }

    [Test]
    public async Task What_waits_too_long_is_dead_and_counted()
    {
        var sink = await WebhookSink.StartAsync();
        var address = sink.Address;
        await sink.DisposeAsync();
        using var folder = new TemporaryFolder();
        await using (var collector = await TestCollector.StartAsync(Receiver(address), folder, rules: Rules))
        {
            await collector.WriteAsync("m,host=a f=5");
            await WaitingAsync(collector);
        }

        var later = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddHours(25));
        await using var after = await TestCollector.StartAsync(Receiver(address), folder, later, Rules);
        var standing = after.App.Services.GetRequiredService<OutboxStanding>();
        await standing.ExpireAsync(TimeSpan.FromHours(24), CancellationToken.None);

        Assert.That(standing.Read().Single(), Is.EqualTo(new ReceiverStanding("ops", 0, null, 0, 0, 1)));
    }

    [Test]
    public async Task Many_that_came_while_a_receiver_was_away_are_told_at_once_criticals_included()
    {
        await using var sink = await WebhookSink.StartAsync();
        var away = true;
        sink.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = away ? 503 : 200);
        await using var collector = await TestCollector.StartAsync(
            Receiver(sink.Address, """, "GroupFrom": 5 """, """, "Outbox": { "FirstRetry": "100ms", "LongestRetry": "1s", "BreakAfter": 1000 } """), rules: Rules);
        await collector.WriteAsync(string.Concat(Enumerable.Range(0, 20).Select(i => $"m,host=h{i} f={(i == 7 ? 50 : 5)}\n")));
        await sink.NextAsync();

        away = false;
        var told = new HashSet<string>();
        var largest = 0;
        while (told.Count < 20)
        {
            var alerts = JsonNode.Parse((await sink.NextAsync()).Body)!["alerts"]!.AsArray();
            told.UnionWith(alerts.Select(alert => alert!["labels"]!["host"]!.GetValue<string>()));
            largest = Math.Max(largest, alerts.Count);
        }

        Assert.That(largest, Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public async Task What_was_put_off_goes_as_soon_as_a_receiver_that_was_away_takes_something()
    {
        await using var sink = await WebhookSink.StartAsync();
        var away = true;
        sink.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = away ? 503 : 200);
        await using var collector = await TestCollector.StartAsync(
            Receiver(sink.Address, outbox: """, "Outbox": { "FirstRetry": "10m", "LongestRetry": "1h", "BreakAfter": 4, "BreakFor": "1s" } """), rules: Rules);
        await collector.WriteAsync(string.Concat(Enumerable.Range(0, 6).Select(i => $"m,host=h{i} f=5\n")));
        for (var tried = 0; tried < 4; tried++)
        {
            await sink.NextAsync();
        }

        away = false;
        var told = new HashSet<string>();
        while (told.Count < 6)
        {
            told.Add(JsonNode.Parse((await sink.NextAsync()).Body)!["alerts"]![0]!["labels"]!["host"]!.GetValue<string>());
        }

        Assert.That(told, Is.EquivalentTo(Enumerable.Range(0, 6).Select(i => $"h{i}")));
    }

    [Test]
    public async Task A_receiver_taken_out_of_the_configuration_keeps_its_rows_until_it_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var sink = await WebhookSink.StartAsync();
        sink.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 503);
        await using (var before = await TestCollector.StartAsync(Receiver(sink.Address), folder, rules: Rules))
        {
            await before.WriteAsync("m,host=a f=5");
            await sink.NextAsync();
        }

        await using (var without = await TestCollector.StartAsync("{}", folder, rules: Rules))
        {
            Assert.That(without.App.Services.GetRequiredService<OutboxStanding>().Read().Single().Pending, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_warning_that_grows_is_told_twice_and_its_end_once()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Receiver(sink.Address), rules: Rules);
        var told = new List<string>();
        foreach (var value in new[] { 5, 50, 0 })
        {
            await collector.WriteAsync($"m,host=a f={value}");
            var alert = JsonNode.Parse((await sink.NextAsync()).Body)!["alerts"]![0]!;
            told.Add($"{alert["status"]} {alert["labels"]!["severity"]} {alert["fingerprint"]}");
        }

        var fingerprint = told[0].Split(' ')[2];
        Assert.That(told, Is.EqualTo(new[] { $"firing warning {fingerprint}", $"firing critical {fingerprint}", $"resolved critical {fingerprint}" }));
    }

    private static string Receiver(Uri address, string more = "", string outbox = "") =>
        $$"""{ "Receivers": { "ops": { "Type": "webhook", "Url": "{{address}}" {{more}} } } {{outbox}} }""";

    private static async Task<JsonNode> NotificationAsync(TestCollector collector, string host)
    {
        var alerts = JsonNode.Parse(await collector.Client.GetStringAsync($"/api/v1/alerts?host={host}"))!["alerts"]!;
        return JsonNode.Parse(await collector.Client.GetStringAsync($"/api/v1/alerts/{alerts[0]!["id"]}"))!["notifications"]![0]!;
    }

    /// <summary>Waits until the alert has reached the outbox: its transition is streamed once it is recorded.</summary>
    private static async Task WaitingAsync(TestCollector collector)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Last-Event-ID", "0");
        using var answer = await collector.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith("data: ", StringComparison.Ordinal))
        {
            // Until the first transition.
        }
    }
}
