using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Webhook;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Tests.Notify.Webhook;

public class WebhookNotifierTests
{
    private static readonly string[] Payload =
    [
        "receiver", "status", "alerts", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "version", "groupKey", "truncatedAlerts",
    ];

    private static readonly string[] PayloadAlert = ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"];

    [Test]
    public async Task A_payload_has_exactly_the_members_of_alertmanagers_version_4()
    {
        await using var sink = await WebhookSink.StartAsync();
        using var notifier = Notifier(sink.Address);

        var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        var root = JsonDocument.Parse((await sink.NextAsync()).Body).RootElement;
        Assert.That(result.Outcome, Is.EqualTo(SendOutcome.Delivered));
        Assert.That(root.EnumerateObject().Select(member => member.Name), Is.EqualTo(Payload));
        Assert.That(root.GetProperty("alerts")[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(PayloadAlert));
        Assert.That(root.GetProperty("version").GetString(), Is.EqualTo("4"));
        Assert.That(root.GetProperty("groupKey").GetString(), Is.EqualTo("{}:{alertname=\"http.status\", host=\"web01\", server=\"http://web01/\"}"));
        Assert.That(root.GetProperty("alerts")[0].GetProperty("endsAt").GetString(), Does.StartWith("0001-01-01T00:00:00"));
    }

    [Test]
    public async Task A_resolved_alert_has_the_key_and_fingerprint_of_its_beginning()
    {
        var warning = WebhookPayloads.From(SomeAlert.Notification(SomeAlert.Firing(severity: "warning")));
        var resolved = WebhookPayloads.From(SomeAlert.Notification(SomeAlert.Resolved()));

        Assert.That(resolved.Status, Is.EqualTo("resolved"));
        Assert.That(resolved.GroupKey, Is.EqualTo(warning.GroupKey));
        Assert.That(resolved.Alerts[0].Fingerprint, Is.EqualTo(warning.Alerts[0].Fingerprint));
        Assert.That(resolved.Alerts[0].EndsAt, Is.EqualTo(SomeAlert.Start.AddMinutes(5)));
        await Task.CompletedTask;
    }

    [Test]
    public void A_group_carries_what_its_alerts_have_in_common_and_fires_while_one_does()
    {
        var payload = WebhookPayloads.From(SomeAlert.Notification(SomeAlert.Firing(1, "a"), SomeAlert.Resolved(2, "b")));

        Assert.That(payload.Status, Is.EqualTo("firing"));
        Assert.That(payload.CommonLabels.Keys, Is.EqualTo(new[] { "alertname", "server", "severity" }));
        Assert.That(payload.Alerts.Select(alert => alert.Status), Is.EqualTo(new[] { "firing", "resolved" }));
    }

    [Test]
    public async Task Headers_signature_and_idempotency_key_are_sent()
    {
        await using var sink = await WebhookSink.StartAsync();
        using var notifier = Notifier(sink.Address, """, "SigningKey": "k", "BearerToken": "b", "Headers": { "X-Site": "north" } """);

        await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        var received = await sink.NextAsync();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("k"u8, Encoding.UTF8.GetBytes(received.Body)));
        Assert.That(received.Headers["X-NocMonitor-Signature"], Is.EqualTo($"sha256={signature}"));
        Assert.That(received.Headers["Authorization"], Is.EqualTo("Bearer b"));
        Assert.That(received.Headers["X-Site"], Is.EqualTo("north"));
        Assert.That(received.Headers["Idempotency-Key"], Is.EqualTo("alert-7-71-ops"));
    }

    [TestCase(200, ExpectedResult = SendOutcome.Delivered)]
    [TestCase(202, ExpectedResult = SendOutcome.Delivered)]
    [TestCase(301, ExpectedResult = SendOutcome.Permanent)]
    [TestCase(400, ExpectedResult = SendOutcome.Permanent)]
    [TestCase(404, ExpectedResult = SendOutcome.Permanent)]
    [TestCase(408, ExpectedResult = SendOutcome.Temporary)]
    [TestCase(429, ExpectedResult = SendOutcome.Temporary)]
    [TestCase(500, ExpectedResult = SendOutcome.Temporary)]
    [TestCase(503, ExpectedResult = SendOutcome.Temporary)]
    public async Task<object> An_answer_is_judged_by_its_status(int status)
    {
        await using var sink = await WebhookSink.StartAsync();
        sink.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = status);
        using var notifier = Notifier(sink.Address);

        return (await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None)).Outcome;
    }

    [Test]
    public async Task The_reason_quotes_the_beginning_of_the_answer_and_the_wait_it_asks_for()
    {
        await using var sink = await WebhookSink.StartAsync();
        sink.Answer = (_, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync("slow\ndown" + new string('!', 100_000));
        };
        using var notifier = Notifier(sink.Address);

        var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        Assert.That(result.Reason, Does.StartWith("answered 429: slow down!").And.Length.LessThan(300));
        Assert.That(result.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public async Task Nobody_listening_is_temporary_and_no_part_of_a_secret_address_is_told()
    {
        var sink = await WebhookSink.StartAsync();
        var address = new Uri(sink.Address, "/hooks/s3cret?token=s3cret");
        await sink.DisposeAsync();
        using var notifier = Notifier(address);

        var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(SendOutcome.Temporary));
        Assert.That(result.Reason, Is.Not.Empty.And.Not.Contain("s3cret"));
    }

    [Test]
    public async Task An_answer_cut_off_is_temporary()
    {
        await using var sink = await WebhookSink.StartAsync();
        sink.Answer = (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        using var notifier = Notifier(sink.Address);

        var result = await notifier.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), CancellationToken.None);

        Assert.That(result.Outcome, Is.EqualTo(SendOutcome.Temporary));
    }

    private static WebhookNotifier Notifier(Uri address, string more = "")
    {
        var errors = new List<ConfigError>();
        var json = Encoding.UTF8.GetBytes($$"""{ "Url": "{{address}}" {{more}} }""");
        var options = WebhookOptions.Read(new OptionReader(JsonConfigParser.Parse("t", json, errors), errors));
        Assert.That(errors, Is.Empty);
        return new WebhookNotifier(options, TimeProvider.System);
    }
}
