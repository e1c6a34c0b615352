using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ntp;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NtpProbeTests
{
    private ManualTimeProvider _time = new();

    [Test, CancelAfter(30_000)]
    public async Task A_servers_clock_is_compared_with_ours(CancellationToken token)
    {
        await using var server = new FakeNtpServer(request => [FakeNtpServer.Answer(request, _time.GetUtcNow() + TimeSpan.FromSeconds(2.5))]);

        var point = (await RoundAsync(server, "", token)).Single();

        Assert.That(point.ToString(), Does.StartWith(
            $"ntp,server=127.0.0.1:{server.Port},host=127.0.0.1 offset=2.5,delay=0,samples=1i,stratum=2i,leap=0i,reference=\"192.0.2.123\","
            + "root_delay=0.5,root_dispersion=0.25,response_time=0,result_code=0i "));
    }

    [Test, CancelAfter(30_000)]
    public async Task The_way_of_the_packets_is_taken_out(CancellationToken token)
    {
        await using var server = new FakeNtpServer(request =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(30));
            var answer = FakeNtpServer.Answer(request, _time.GetUtcNow() - TimeSpan.FromSeconds(1));
            _time.Advance(TimeSpan.FromMilliseconds(10));
            return [answer];
        });

        var point = (await RoundAsync(server, "", token)).Single();

        Assert.That(Number(point, "delay"), Is.EqualTo(0.040).Within(1e-6));
        Assert.That(Number(point, "offset"), Is.EqualTo(-1 + ((0.030 - 0.010) / 2)).Within(1e-6));
    }

    [TestCase("2036-02-07T06:28:15Z", 2.0, TestName = "Over_the_end_of_era_0")]
    [TestCase("2036-02-07T06:28:17Z", -3.0, TestName = "Back_over_the_end_of_era_0")]
    [TestCase("2099-06-01T00:00:00Z", 0.25, TestName = "Deep_in_era_1")]
    [CancelAfter(30_000)]
    public async Task The_era_of_a_time_is_the_one_that_is_near(string now, double offset, CancellationToken token)
    {
        _time = new ManualTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var server = new FakeNtpServer(request => [FakeNtpServer.Answer(request, _time.GetUtcNow() + TimeSpan.FromSeconds(offset))]);

        var point = (await RoundAsync(server, "", token)).Single();

        Assert.That(Number(point, "offset"), Is.EqualTo(offset).Within(1e-6));
    }

    [Test, CancelAfter(30_000)]
    public async Task Of_several_samples_the_quickest_counts(CancellationToken token)
    {
        var delays = new Queue<int>([80, 2, 50]);
        await using var server = new FakeNtpServer(request =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(delays.Dequeue()));
            return [FakeNtpServer.Answer(request, _time.GetUtcNow() + TimeSpan.FromSeconds(1))];
        });

        var point = (await RoundAsync(server, "\"Samples\": 3, \"SampleInterval\": \"0s\", \"Timeout\": \"10s\"", token)).Single();

        Assert.That((Number(point, "samples"), Number(point, "delay")), Is.EqualTo((3, 0.002)));
        Assert.That(Number(point, "offset"), Is.EqualTo(1.001).Within(1e-6));
        Assert.That(Number(point, "jitter"), Is.EqualTo(Math.Sqrt(((0.039 * 0.039) + (0.024 * 0.024)) / 2)).Within(1e-6));
    }

    [TestCase(0, 0xE4, 3, "4 the server is not synchronised", TestName = "Leap_says_alarm")]
    [TestCase(1, 16, 0, "4 the server is not synchronised", TestName = "Stratum_16")]
    [TestCase(32, 0, 8, "4 the server sends no time", TestName = "No_receive_time")]
    [TestCase(40, 0, 8, "4 the server sends no time", TestName = "No_transmit_time")]
    [TestCase(33, 0xFF, 0, "4 the server sent its answer before it received the request", TestName = "Time_runs_backwards")]
    [TestCase(9, 16, 0, "4 the server is too far from its own source to be right", TestName = "Root_dispersion_of_16_seconds")]
    [CancelAfter(30_000)]
    public async Task A_server_whose_time_must_not_be_used_says_why_and_gives_no_offset(int at, int value, int clear, string outcome, CancellationToken token)
    {
        await using var server = new FakeNtpServer(request =>
        {
            var answer = FakeNtpServer.Answer(request, _time.GetUtcNow());
            answer.AsSpan(at, clear == 8 ? 8 : 1).Clear();
            answer[at] = (byte)value;
            return [answer];
        });

        var point = (await RoundAsync(server, "", token)).Single();

        Assert.That(Outcome(point), Is.EqualTo(outcome));
        Assert.That((point.FindField("offset"), point.FindField("stratum") is not null), Is.EqualTo(((FieldValue?)null, true)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_kiss_of_death_ends_the_asking(CancellationToken token)
    {
        await using var server = new FakeNtpServer(request =>
        {
            var answer = FakeNtpServer.Answer(request, _time.GetUtcNow());
            answer[1] = 0;
            "RATE"u8.CopyTo(answer.AsSpan(12));
            return [answer];
        });

        var point = (await RoundAsync(server, "\"Samples\": 3, \"SampleInterval\": \"0s\"", token)).Single();

        Assert.That((Outcome(point), server.Requests), Is.EqualTo(("4 kiss-o'-death RATE: this agent asks too often", 1)));
        Assert.That(point.FindField("reference")!.Value.Text, Is.EqualTo("RATE"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Answers_to_other_requests_and_garbage_are_passed_over(CancellationToken token)
    {
        await using var server = new FakeNtpServer(request =>
        {
            var good = FakeNtpServer.Answer(request, _time.GetUtcNow());
            return [Changed(good, 24), [], good[..47], Changed(good, 0, 0x23), Changed(good, 0, 0x04), [.. good, .. new byte[20]]];
        });

        var point = (await RoundAsync(server, "", token)).Single();

        Assert.That((Outcome(point), Number(point, "offset")), Is.EqualTo(("0", 0)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_server_is_a_timeout(CancellationToken token)
    {
        await using var server = new FakeNtpServer(_ => []);
        await using var context = ConfiguredProbe.Context(_time);
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("ntp", Options(server.Port, ""), context);

        var round = probe.ProbeAsync(points, token).AsTask();
        await server.AskedAsync(token);
        while (!round.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await round;
        Assert.That(Outcome(points.Single()), Is.EqualTo("2 no answer in time"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_port_where_nobody_listens_is_refused(CancellationToken token)
    {
        var port = 0;
        await using (var server = new FakeNtpServer(_ => []))
        {
            port = server.Port;
        }

        var points = await ConfiguredProbe.RoundAsync("ntp", Options(port, ""), token);

        Assert.That(Outcome(points.Single()), Is.EqualTo("1 connection refused"));
    }

    [Test]
    public void Bad_options_are_all_named()
    {
        var errors = ConfiguredProbe.Errors("ntp", """{ "Targets": ["a b"], "Samples": 4, "SampleInterval": "2s", "Timeout": "6s" }""");

        Assert.That(errors, Is.EqualTo(new[]
        {
            "Targets: 'a b' is not a host, host:port or [IPv6]:port",
            "Timeout: leaves no time for answers: 4 samples with pauses of 2s alone take 6s",
        }));
    }

    private static string Options(int port, string more) =>
        $$"""{ "Targets": "127.0.0.1:{{port}}", "Confirmations": 0{{(more.Length > 0 ? ", " : "")}}{{more}} }""";

    private static byte[] Changed(byte[] message, int at, int value = 0x77)
    {
        var changed = message.ToArray();
        changed[at] = (byte)value;
        return changed;
    }

    private static double Number(Point point, string field) => point.FindField(field)!.Value.AsDouble();

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private async Task<RecordedPoints> RoundAsync(FakeNtpServer server, string more, CancellationToken token)
    {
        await using var context = ConfiguredProbe.Context(_time);
        var points = new RecordedPoints();
        await ConfiguredProbe.Create("ntp", Options(server.Port, more), context).ProbeAsync(points, token);
        return points;
    }
}
