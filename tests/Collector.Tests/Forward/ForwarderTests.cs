using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Reload;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Notify.Webhook;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Forward;

public class ForwarderTests
{
    private const string Nowhere = """{ "Store": { "Retention": "800000h" } }""";

    [Test]
    public async Task Every_kind_of_value_goes_out_as_it_came()
    {
        await using var remote = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Section(remote));
        const string Lines = "m,host=a\\ b f=1.5,i=-3i,u=18446744073709551615u,b=true,s=\"say \\\"x\\\"\" 1767600000000000001\n";

        await collector.WriteAsync(Lines);
        var received = await remote.NextAsync();

        Assert.That(received.Path, Is.EqualTo("/base/api/v2/write?bucket=b&precision=ns"));
        Assert.That(received.Headers["Authorization"], Is.EqualTo("Token t0ken"));
        Assert.That(received.Body, Is.EqualTo(Lines));
    }

    [Test]
    public async Task A_remote_that_is_away_gets_everything_later_in_order_and_once()
    {
        await using var remote = await WebhookSink.StartAsync();
        remote.Answer = (request, context) => Refuse(context, request <= 5 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent);
        await using var collector = await TestCollector.StartAsync(Section(remote));

        for (var point = 0; point < 20; point++)
        {
            await collector.WriteAsync($"m v={point}i {point + 1}");
        }

        var taken = await TakenAsync(remote, lines => lines.Count == 20);
        Assert.That(taken, Is.EqualTo(Enumerable.Range(0, 20).Select(point => $"m v={point}i {point + 1}")));
    }

    [Test]
    public async Task What_the_remote_has_not_taken_survives_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using var remote = await WebhookSink.StartAsync();
        remote.Answer = (_, context) => Refuse(context, StatusCodes.Status401Unauthorized);
        await using (var before = await TestCollector.StartAsync(Section(remote), folder))
        {
            await before.WriteAsync("m v=1i 1");
            await remote.NextAsync();
            await before.WriteAsync("m v=2i 2");
        }

        remote.All.Clear();
        remote.Answer = (_, context) => Refuse(context, StatusCodes.Status204NoContent);
        await using var after = await TestCollector.StartAsync(Section(remote), folder);

        Assert.That(await TakenAsync(remote, lines => lines.Count == 2), Is.EqualTo(new[] { "m v=1i 1", "m v=2i 2" }));
    }

    [Test]
    public async Task A_refused_line_is_set_aside_with_the_reason_and_the_rest_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var remote = await WebhookSink.StartAsync();
        remote.Answer = async (_, context) =>
        {
            var bad = remote.All.Last().Body.Contains("bad", StringComparison.Ordinal);
            context.Response.StatusCode = bad ? StatusCodes.Status400BadRequest : StatusCodes.Status204NoContent;
            await context.Response.WriteAsync(bad ? "{\"error\":\"I do not like it\"}" : "");
        };
        await using var collector = await TestCollector.StartAsync(Section(remote), folder);

        await collector.WriteAsync("m v=1i 1\nbad v=2i 2\nm v=3i 3\nm v=4i 4\nbad v=5i 5");
        var taken = await TakenAsync(remote, lines => lines.Count(line => !line.StartsWith("bad", StringComparison.Ordinal)) >= 3);
        await Eventually.Async(() => Standing(collector).RejectedLines == 2);

        Assert.That(taken, Is.SupersetOf(new[] { "m v=1i 1", "m v=3i 3", "m v=4i 4" }));
        var kept = await File.ReadAllLinesAsync(folder.File("data/forward/far.rejected.lp"));
        Assert.That(kept.Where(line => !line.StartsWith('#')), Is.EqualTo(new[] { "bad v=2i 2", "bad v=5i 5" }));
        Assert.That(kept[0], Does.Contain("400").And.Contain("I do not like it"));
    }

    [Test]
    public async Task The_page_shows_a_forwarder_that_cannot_get_rid_of_its_points_and_why()
    {
        await using var remote = await WebhookSink.StartAsync();
        remote.Answer = (_, context) =>
        {
            context.Response.Headers.Location = "https://elsewhere.example/write?token=hunter2";
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            return Task.CompletedTask;
        };
        await using var collector = await TestCollector.StartAsync(Section(remote));

        await collector.WriteAsync("m v=1i 1");
        await Eventually.Async(() => Standing(collector).Failures > 0);
        var page = await collector.Client.GetStringAsync("/");

        Assert.That(page, Does.Contain("1 forwarder").And.Contain("308 redirects to https://elsewhere.example/write; set Url to where the remote is"));
        Assert.That(page, Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task A_page_without_forwarders_does_not_speak_of_them()
    {
        await using var collector = await TestCollector.StartAsync(Nowhere);

        Assert.That(await collector.Client.GetStringAsync("/"), Does.Not.Contain("forwarder"));
    }

    [Test]
    public async Task Refused_lines_are_logged_once_a_minute_and_counted_in_between()
    {
        using var folder = new TemporaryFolder();
        await using var remote = await WebhookSink.StartAsync();
        remote.Answer = (_, context) => Refuse(context, StatusCodes.Status400BadRequest);
        var options = TestCollector.Options(Section(remote)).Forwarders["far"];
        var (time, log, progress) = (new ManualTimeProvider(), new MessageLog(), new ForwardProgress("far"));
        using var client = new RemoteClient(options, time);
        var delivery = new RemoteDelivery(options, client, new RejectedLines(folder.File("r.lp"), 1 << 20, time), progress, time, log);

        await delivery.DeliverAsync("m v=1i 1\nm v=2i 2\nm v=3i 3\n"u8.ToArray(), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(61));
        await delivery.DeliverAsync("m v=4i 4\n"u8.ToArray(), CancellationToken.None);

        Assert.That(log.Messages, Has.Count.EqualTo(2));
        Assert.That(log.Messages[0], Does.Contain("since the last such message: 1, kept in").And.Contain("r.lp").And.Contain("400"));
        Assert.That(log.Messages[1], Does.Contain("since the last such message: 3, kept in"));
    }

    [Test]
    public async Task Points_are_chosen_and_renamed()
    {
        await using var remote = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Section(remote, """
            { "Measurements": "!secret*", "Where": { "host": "web*" }, "DropTags": [ "rack" ], "DropFields": "tmp_*", "RenameMeasurements": { "cpu": "processor" },
              "RenameTags": { "host": "server" }, "RenameFields": { "usage": "use" }, "AddTags": { "site": "north" } }
            """));

        await collector.WriteAsync("""
            cpu,host=web01,rack=7 usage=1,tmp_x=2 1
            cpu,host=db01 usage=3 2
            secret_a,host=web01 usage=4 3
            cpu,host=web02 tmp_only=5 4
            mem,host=web01,site=south usage=6 5
            """);

        Assert.That(await TakenAsync(remote, lines => lines.Count == 2), Is.EqualTo(new[] { "processor,server=web01,site=north use=1 1", "mem,server=web01,site=south use=6 5" }));
    }

    [Test]
    public async Task A_reload_starts_a_new_forwarder_and_forgets_one_that_is_gone()
    {
        using var folder = new TemporaryFolder();
        await using var remote = await WebhookSink.StartAsync();
        await using var collector = await TestCollector.StartAsync(Nowhere, folder);

        TestCollector.Configure(folder, Section(remote));
        await Reloader(collector).ReloadAsync(CancellationToken.None);
        await collector.WriteAsync("m v=1i 1");
        await remote.NextAsync();
        TestCollector.Configure(folder, Nowhere);
        await Reloader(collector).ReloadAsync(CancellationToken.None);

        var store = collector.App.Services.GetRequiredService<NocMonitor.TimeSeries.TimeSeriesStore>();
        Assert.That(store.Consumers, Has.None.StartsWith("forward."));
        Assert.That(collector.App.Services.GetRequiredService<ForwarderSet>().Standings(), Is.Empty);
    }

    [TestCase("""{ "Type": "influxdb1", "Url": "http://h:8086" }""", "Database", TestName = "InfluxDB 1 needs a database")]
    [TestCase("""{ "Type": "influxdb2", "Url": "http://h:8086" }""", "Bucket", TestName = "InfluxDB 2 needs a bucket")]
    [TestCase("""{ "Type": "lineprotocol", "Url": "ftp://h" }""", "Url", TestName = "An address is http or https")]
    [TestCase("""{ "Type": "lineprotocol", "Url": "http://user:hunter2@h" }""", "Url", TestName = "An address holds no password")]
    [TestCase("""{ "Type": "lineprotocol", "Url": "http://h", "Token": "x", "User": "u" }""", "User", TestName = "A token and a user exclude each other")]
    public void Wrong_options(string forwarder, string option)
    {
        var fault = Assert.Throws<ArgumentException>(() => TestCollector.Options($$"""{ "Forwarders": { "far": {{forwarder}} } }"""));

        Assert.That(fault!.Message, Does.Contain($"Forwarders.far.{option}").Or.Contain($"Forwarders:far:{option}"));
        Assert.That(fault.Message, Does.Not.Contain("hunter2"));
    }

    internal static async Task<IReadOnlyList<string>> TakenAsync(WebhookSink remote, Func<IReadOnlyList<string>, bool> enough)
    {
        var taken = new List<string>();
        while (!enough(taken))
        {
            taken.AddRange((await remote.NextAsync()).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            taken = [.. taken.Where(line => !line.StartsWith("collector", StringComparison.Ordinal)).Distinct()];
        }

        return taken;
    }

    internal static ForwardStanding Standing(TestCollector collector) => collector.App.Services.GetRequiredService<ForwarderSet>().Standings().Single();

    internal static string Section(WebhookSink remote, string more = "{}")
    {
        var forwarder = JsonNode.Parse(more)!.AsObject();
        forwarder["Type"] = "InfluxDb2";
        forwarder["Url"] = $"{remote.Address}base/";
        forwarder["Bucket"] = "b";
        forwarder["Token"] = "t0ken";
        forwarder["Gzip"] = false;
        forwarder["FlushInterval"] = "100ms";
        forwarder["Measurements"] ??= "!collector*";

        // Test points are from 1970 on.
        return new JsonObject { ["Forwarders"] = new JsonObject { ["far"] = forwarder }, ["Store"] = new JsonObject { ["Retention"] = "800000h" } }.ToJsonString();
    }

    private static ConfigReloader Reloader(TestCollector collector) => collector.App.Services.GetRequiredService<ConfigReloader>();

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = "0";
        return Task.CompletedTask;
    }

    private sealed class MessageLog : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
