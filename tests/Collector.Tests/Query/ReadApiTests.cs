using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Notify.Webhook;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Query;

public class ReadApiTests
{
    private const string Rule = """
        { "Rules": [ { "Name": "web", "Measurement": "http_response", "Critical": "result_code != 0", "For": "1 samples", "ClearFor": "1 samples", "Summary": "down" } ] }
        """;

    [Test]
    public async Task An_alert_shows_its_timeline_and_what_was_told_and_can_be_acknowledged()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await FiringAsync(sink);
        var id = (await GetAsync(collector, "/api/v1/alerts"))["alerts"]![0]!["id"]!.GetValue<long>();

        using var answer = await collector.Client.PostAsync(
            $"/api/v1/alerts/{id}/acknowledge", new StringContent("""{ "by": "anna", "note": "on it" }""", Encoding.UTF8, "application/json"));
        var detail = await GetAsync(collector, $"/api/v1/alerts/{id}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(detail["alert"]!["acknowledgedBy"]!.GetValue<string>(), Is.EqualTo("anna"));
        Assert.That(detail["timeline"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>()), Is.SupersetOf(new[] { "raised", "acknowledged" }));
        Assert.That(detail["notifications"]![0]!["receiver"]!.GetValue<string>(), Is.EqualTo("ops"));
    }

    [Test]
    public async Task A_host_takes_the_state_of_its_worst_alert()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await FiringAsync(sink);

        var host = (await GetAsync(collector, "/api/v1/hosts?state=critical"))["hosts"]!.AsArray().Single()!;

        Assert.That((host["name"]!.GetValue<string>(), host["criticals"]!.GetValue<int>(), host["agent"]!.GetValue<string>()), Is.EqualTo(("web01", 1, "a1")));
    }

    [Test]
    public async Task Known_hosts_outlive_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestCollector.StartAsync(folder: folder))
        {
            await before.WriteAsync("cpu,host=web01,agent=a1 usage=1");
        }

        await using var after = await TestCollector.StartAsync(folder: folder);

        Assert.That((await GetAsync(after, "/api/v1/hosts"))["hosts"]!.AsArray().Select(host => host!["name"]!.GetValue<string>()), Does.Contain("web01"));
    }

    [Test]
    public async Task Points_are_chosen_by_tag_pattern_field_and_the_last_of_each_series()
    {
        await using var collector = await TestCollector.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000;
        await collector.WriteAsync($"cpu,host=web01 a=1,b=\"x\" {now - 1}\ncpu,host=web01 a=2,b=\"y\" {now}\ncpu,host=db01 a=9 {now}");

        var points = await GetAsync(collector, "/api/v1/points?measurement=cpu&host=web*&field=a&latest=true&from=-5m");

        Assert.That(points["series"]!.AsArray().Single()!["points"]!.AsArray().Single()!["fields"]!.ToJsonString(), Is.EqualTo("""{"a":2}"""));
        Assert.That(points["truncated"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public async Task A_limit_cuts_points_and_says_so()
    {
        await using var collector = await TestCollector.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000;
        await collector.WriteAsync(string.Concat(Enumerable.Range(0, 50).Select(i => $"cpu,host=web01 a={i}i {now - i}\n")));

        var points = await GetAsync(collector, "/api/v1/points?measurement=cpu&limit=10");

        Assert.That((points["series"]![0]!["points"]!.AsArray().Count, points["truncated"]!.GetValue<bool>()), Is.EqualTo((10, true)));
    }

    [TestCase("/api/v1/alerts?state=burning", 400, "state is one of firing, resolved, all")]
    [TestCase("/api/v1/alerts?limit=0&sevrity=x", 400, "limit is a number from 1 to 10000; there is no parameter sevrity")]
    [TestCase("/api/v1/points", 400, "measurement is required")]
    [TestCase("/api/v1/points?measurement=m&from=yesterday", 400, "from is now, a time ago such as -15m")]
    [TestCase("/api/v1/alerts/99", 404, "there is no such alert")]
    [TestCase("/api/v1/alerts/banana", 404, "there is no such alert")]
    public async Task What_is_wrong_is_a_problem_document(string path, int status, string detail)
    {
        await using var collector = await TestCollector.StartAsync();

        using var answer = await collector.Client.GetAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(detail));
    }

    [Test]
    public async Task Transitions_are_streamed_and_missed_ones_are_sent_first()
    {
        await using var sink = await WebhookSink.StartAsync();
        await using var collector = await FiringAsync(sink);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Last-Event-ID", "0");
        using var answer = await collector.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        var missed = await NextEventAsync(reader);
        await collector.WriteAsync("http_response,host=web01,agent=a1 result_code=0i");
        var live = await NextEventAsync(reader);

        Assert.That((missed["to"]!.GetValue<string>(), live["to"]!.GetValue<string>()), Is.EqualTo(("critical", "none")));
    }

    [Test]
    public async Task Points_are_streamed_as_they_arrive()
    {
        await using var collector = await TestCollector.StartAsync();
        using var answer = await collector.Client.GetAsync("/api/v1/points/events?measurement=cpu", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await collector.WriteAsync("mem,host=a used=1\ncpu,host=a usage=5");
        var point = await NextEventAsync(reader);

        Assert.That(point["fields"]!.ToJsonString(), Is.EqualTo("""{"usage":5}"""));
    }

    [Test]
    public async Task The_page_for_people_shows_the_worst_first()
    {
        await using var collector = await TestCollector.StartAsync(rules: """
            { "Rules": [ { "Name": "hot", "Measurement": "room", "Warning": "t > 30", "Critical": "t > 40", "Summary": "{{host}} is hot" } ] }
            """);

        await collector.WriteAsync("room,host=a t=20");
        var calm = await collector.Client.GetStringAsync("/");
        await collector.WriteAsync("room,host=b t=50");
        await collector.WriteAsync("room,host=c t=35");
        var hot = await Eventually.FindAsync("both alerts", async () =>
            await collector.Client.GetStringAsync("/") is var page && page.Contains("2 open alerts", StringComparison.Ordinal) ? page : null);

        Assert.That(calm, Does.Contain("<h2>0 open alerts</h2>"));
        Assert.That(hot, Does.Match("(?s)b is hot.*c is hot.* hosts</h2>.*>b</td>.*>c</td>.*>a</td>"));
    }

    [Test]
    public async Task A_resolved_alert_keeps_the_words_it_fired_with_and_its_end_has_words_of_its_own()
    {
        await using var collector = await TestCollector.StartAsync(rules: """
            { "Rules": [ { "Name": "hot", "Measurement": "room", "Critical": "t > 40", "ClearFor": "1 sample",
                "Summary": "{{host}} is {{#if resolved}}cool again{{else}}hot: {{t}}{{/if}}", "Description": "{{t}} degrees" } ] }
            """);

        await collector.WriteAsync("room,host=b t=50");
        await Eventually.HappensAsync("the alert", async () => (await collector.Client.GetStringAsync("/api/v1/alerts")).Contains("hot: 50", StringComparison.Ordinal));
        await collector.WriteAsync("room,host=b t=20");
        var alerts = await Eventually.FindAsync("its end", async () =>
            await collector.Client.GetStringAsync("/api/v1/alerts?state=resolved") is var list && list.Contains("\"resolved\"", StringComparison.Ordinal) ? list : null);

        Assert.That(alerts, Does.Contain("\"summary\":\"b is hot: 50\"").And.Contain("\"description\":\"50 degrees\""));
        Assert.That(await collector.Client.GetStringAsync("/api/v1/alerts/1"), Does.Contain("b is cool again"));
    }

    [Test]
    public async Task Where_there_are_tokens_a_browser_is_asked_for_one_as_password()
    {
        await using var collector = await TestCollector.StartAsync();
        var token = AccessToken.Create();
        await collector.App.Services.GetRequiredService<TokenStore>().AddAsync("noc", TokenScope.Read, AccessToken.Hash(token), CancellationToken.None);
        collector.RefreshTokens();

        using var refused = await collector.Client.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anna:{token}")));
        using var served = await collector.Client.SendAsync(request);

        Assert.That((refused.StatusCode, $"{refused.Headers.WwwAuthenticate}"), Is.EqualTo((HttpStatusCode.Unauthorized, "Basic realm=\"NocMonitor\"")));
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_page_for_people_escapes_what_came_over_the_network()
    {
        await using var collector = await TestCollector.StartAsync();
        await collector.WriteAsync("cpu,host=<script>alert(1)</script> usage=5");

        var page = await collector.Client.GetStringAsync("/");

        Assert.That(page, Does.Contain("&lt;script&gt;").And.Not.Contain("<script"));
    }

    [TestCase("X-Forwarded-For", "10.0.0.1", TestName = "Behind a proxy loopback proves nothing")]
    [TestCase("Origin", "http://evil.example", TestName = "A page of another site is not this machine")]
    [TestCase("Host", "evil.example", TestName = "A name that was rebound to loopback is not this machine")]
    public async Task Without_tokens_only_this_machine_itself_is_served(string header, string value)
    {
        await using var collector = await TestCollector.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/hosts");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await collector.Client.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("Token {0}")]
    [TestCase("Bearer {0}")]
    [TestCase("Token anna:{0}")]
    public async Task With_tokens_each_door_takes_every_form_of_one(string form)
    {
        using var folder = new TemporaryFolder();
        await using var collector = await TestCollector.StartAsync(folder: folder);
        var (_, output, _) = await CommandLineRun.RunAsync("token", "create", "--scope", "write", "--name", "w", "--data", folder.File("data"));
        collector.RefreshTokens();
        var refused = await collector.WriteAsync("m f=1");
        collector.Client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(form.Replace("{0}", output.Trim(), StringComparison.Ordinal));

        var written = await collector.WriteAsync("m f=1");
        using var read = await collector.Client.GetAsync("/api/v1/hosts");

        Assert.That((refused, written, (int)read.StatusCode), Is.EqualTo((401, 204, 403)));
    }

    private static async Task<TestCollector> FiringAsync(WebhookSink sink)
    {
        var collector = await TestCollector.StartAsync($$"""{ "Receivers": { "ops": { "Type": "webhook", "Url": "{{sink.Address}}" } } }""", rules: Rule);
        await collector.WriteAsync("http_response,host=web01,agent=a1 result_code=1i");
        await sink.NextAsync();
        return collector;
    }

    private static async Task<JsonNode> GetAsync(TestCollector collector, string path) => JsonNode.Parse(await collector.Client.GetStringAsync(path))!;

    private static async Task<JsonNode> NextEventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!;
            }
        }

        throw new EndOfStreamException();
    }
}
