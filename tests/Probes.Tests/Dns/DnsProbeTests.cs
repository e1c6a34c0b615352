using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Dns;

public class DnsProbeTests
{
    [Test, CancelAfter(30_000)]
    public async Task An_answer_is_counted_with_its_lowest_time_to_live(CancellationToken token)
    {
        await using var server = new FakeDnsServer(query => [DnsAnswer.To(query).Address("192.0.2.1", 300).Address("192.0.2.2", 60).Build()]);

        var point = (await RoundAsync(server, "www.example.com", "", token)).Single();

        Assert.That(point.ToString(), Does.StartWith(
            $"dns_query,server=127.0.0.1:{server.Port},domain=www.example.com,record_type=A,host=127.0.0.1 query_time_ms="));
        Assert.That(point.ToString(), Does.Contain(",rcode_value=0i,rcode=\"NoError\",answers=2i,ttl=60i,result_code=0i "));
    }

    [TestCase("\"Expect\": \"192.0.2.1\"", "0")]
    [TestCase("\"Expect\": [\"192.0.2.1\", \"192.0.2.9\"]", "4 the answer lacks 192.0.2.9; it is 192.0.2.1, 192.0.2.2")]
    [TestCase("\"Expect\": \"192.0.2.1\", \"ExpectExactly\": true", "4 the answer holds 192.0.2.2, which is not expected")]
    [TestCase("\"Expect\": [\"192.0.2.2\", \"192.0.2.1\"], \"ExpectExactly\": true", "0")]
    [TestCase("\"ExpectRcode\": \"NXDomain\"", "4 the server says NoError instead of NXDomain")]
    [CancelAfter(30_000)]
    public async Task The_answer_is_held_against_what_is_expected(string options, string outcome, CancellationToken token)
    {
        await using var server = new FakeDnsServer(query => [DnsAnswer.To(query).Address("192.0.2.1").Address("192.0.2.2").Build()]);

        var points = await RoundAsync(server, "www.example.com", options, token);

        Assert.That(Outcome(points.Single()), Is.EqualTo(outcome));
    }

    [TestCase(3, "", "4 the server says NXDomain", "NXDomain")]
    [TestCase(2, "", "4 the server says ServFail", "ServFail")]
    [TestCase(3, "\"ExpectRcode\": \"NXDomain\"", "0", "NXDomain")]
    [TestCase(0, "", "4 there is no A record", "NoError")]
    [CancelAfter(30_000)]
    public async Task A_response_code_is_a_field_and_no_tag(int rcode, string options, string outcome, string text, CancellationToken token)
    {
        await using var server = new FakeDnsServer(query => [DnsAnswer.To(query).Rcode(rcode).Build()]);

        var point = (await RoundAsync(server, "gone.example.com", options, token)).Single();

        Assert.That(Outcome(point), Is.EqualTo(outcome));
        Assert.That((point.FindField("rcode_value")!.Value.Integer, point.FindField("rcode")!.Value.Text), Is.EqualTo(((long)rcode, text)));
        Assert.That(point.FindTag("rcode"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task Wrong_ids_other_questions_and_garbage_are_passed_over_until_the_right_answer_comes(CancellationToken token)
    {
        await using var server = new FakeDnsServer(query =>
        [
            DnsAnswer.To(query).Id(1).Address("192.0.2.66").Build(),
            DnsAnswer.To(query).Question(DnsAnswer.Name("evil.example"), 1).Address("192.0.2.66").Build(),
            DnsAnswer.To(query).Flags(0x0100).Build(),
            [],
            [0xFF],
            [.. Enumerable.Repeat((byte)0xC0, 500)],
            DnsAnswer.To(query).Address("192.0.2.1").Build(),
        ]);

        var points = await RoundAsync(server, "www.example.com", "\"Expect\": \"192.0.2.1\"", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("0"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Nothing_but_wrong_answers_is_said_at_the_time_limit(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        await using var server = new FakeDnsServer(query => [DnsAnswer.To(query).Id(1).Build()]);
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("dns", Options(server, "www.example.com", ""), context);

        var round = probe.ProbeAsync(points, token).AsTask();
        await server.AskedAsync(token);
        await AdvanceUntilAsync(time, round);

        Assert.That(Outcome(points.Single()), Is.EqualTo("4 what came is no answer: it has another id").Or.EqualTo("2 no answer in time"));
        Assert.That(points.Single().FindField("query_time_ms")!.Value.Float, Is.GreaterThanOrEqualTo(2000));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_flood_of_wrong_answers_ends_the_attempt(CancellationToken token)
    {
        await using var server = new FakeDnsServer(query => Enumerable.Repeat(DnsAnswer.To(query).Id(1).Build(), 64));

        var points = await RoundAsync(server, "www.example.com", "", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("4 64 datagrams came that are no answer; of the last, it has another id"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_server_is_a_timeout(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        await using var server = new FakeDnsServer(_ => []);
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("dns", Options(server, "www.example.com", ""), context);

        var round = probe.ProbeAsync(points, token).AsTask();
        await server.AskedAsync(token);
        await AdvanceUntilAsync(time, round);

        Assert.That(Outcome(points.Single()), Is.EqualTo("2 no answer in time"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_port_where_nobody_listens_is_refused(CancellationToken token)
    {
        var port = 0;
        await using (var server = new FakeDnsServer(_ => []))
        {
            port = server.Port;
        }

        var points = await ConfiguredProbe.RoundAsync("dns",
            $$"""{ "Targets": "www.example.com", "Servers": "127.0.0.1:{{port}}", "Confirmations": 0 }""", token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("1 connection refused"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_truncated_answer_is_fetched_over_TCP(CancellationToken token)
    {
        await using var server = new FakeDnsServer(
            query => [DnsAnswer.To(query).Truncated().Build()],
            query => FakeDnsServer.Framed(DnsAnswer.To(query).Address("192.0.2.1").Address("192.0.2.2").Build()));

        var points = await RoundAsync(server, "www.example.com", "", token);

        Assert.That((Outcome(points.Single()), points.Single().FindField("answers")!.Value.Integer), Is.EqualTo(("0", 2)));
    }

    [Test, CancelAfter(30_000)]
    public async Task What_goes_wrong_over_TCP_is_said(CancellationToken token)
    {
        await using var closed = new FakeDnsServer(query => [DnsAnswer.To(query).Truncated().Build()]);
        await using var cut = new FakeDnsServer(query => [DnsAnswer.To(query).Truncated().Build()], query => [0, 200, 1, 2, 3]);
        await using var wrong = new FakeDnsServer(_ => [], query => FakeDnsServer.Framed(DnsAnswer.To(query).Id(7).Build()));

        var outcomes = new List<string>
        {
            Outcome((await RoundAsync(closed, "www.example.com", "", token)).Single()),
            Outcome((await RoundAsync(cut, "www.example.com", "", token)).Single()),
            Outcome((await RoundAsync(wrong, "www.example.com", "\"Protocol\": \"Tcp\"", token)).Single()),
        };

        Assert.That(outcomes, Is.EqualTo(new[]
        {
            "4 the answer did not fit into a datagram, and over TCP: connection refused",
            "4 the server closed the TCP connection before its answer was complete",
            "4 what came over TCP is no answer: it has another id",
        }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Each_name_is_asked_of_each_server(CancellationToken token)
    {
        await using var first = new FakeDnsServer(query => [DnsAnswer.To(query).Address("192.0.2.1").Build()]);
        await using var second = new FakeDnsServer(query => [DnsAnswer.To(query).Rcode(5).Build()]);

        var points = await ConfiguredProbe.RoundAsync("dns",
            $$"""{ "Targets": ["a.example", "b.example"], "Servers": ["127.0.0.1:{{first.Port}}", "127.0.0.1:{{second.Port}}"], "Confirmations": 0 }""", token);

        Assert.That(points.All.Select(point => $"{point.FindTag("domain")} {point.FindTag("server")} {point.FindField("rcode_value")!.Value.Integer}"),
            Is.EquivalentTo(new[]
            {
                $"a.example 127.0.0.1:{first.Port} 0", $"b.example 127.0.0.1:{first.Port} 0",
                $"a.example 127.0.0.1:{second.Port} 5", $"b.example 127.0.0.1:{second.Port} 5",
            }));
    }

    [Test]
    public void Bad_options_are_all_named()
    {
        var errors = ConfiguredProbe.Errors("dns", """{ "Targets": ["a..b", "münchen.example", "good.example"], "Servers": ["a b"], "RecordType": "X" }""");

        Assert.That(errors, Has.Count.EqualTo(4));
        Assert.That(errors, Has.Exactly(2).StartsWith("Targets: ").And.Exactly(1).StartsWith("Servers: 'a b'").And.Exactly(1).StartsWith("RecordType: 'X'"));
    }

    private static string Options(FakeDnsServer server, string domain, string more) =>
        $$"""{ "Targets": "{{domain}}", "Servers": "127.0.0.1:{{server.Port}}", "Confirmations": 0{{(more.Length > 0 ? ", " : "")}}{{more}} }""";

    private static async Task<RecordedPoints> RoundAsync(FakeDnsServer server, string domain, string more, CancellationToken token) =>
        await ConfiguredProbe.RoundAsync("dns", Options(server, domain, more), token);

    private static async Task AdvanceUntilAsync(ManualTimeProvider time, Task round)
    {
        while (!round.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await round;
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();
}
