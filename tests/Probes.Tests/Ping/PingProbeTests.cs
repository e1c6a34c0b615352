using NocMonitor.LineProtocol;
using NocMonitor.Probes.Ping;
using NocMonitor.Probes.Targets;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ping;

/// <summary>The probe over a network in the test's hands and a clock that the test moves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class PingProbeTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeIcmpSocket _network = new();
    private readonly RecordedPoints _points = new();
    private readonly ProbeContext _context;

    public PingProbeTests()
    {
        _context = ConfiguredProbe.Context(_time);
        _context.Shared<IEchoEngine>(_ => _network.Engine(_time));
    }

    [TearDown]
    public async Task StopAsync() => await _context.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task A_round_of_three_packets_is_one_point(CancellationToken token)
    {
        var probe = Probe("""{ "Targets": ["192.0.2.1"], "Count": 3, "PacketInterval": "1s" }""");

        var round = probe.ProbeAsync(_points, token).AsTask();
        foreach (var milliseconds in new[] { 10, 20, 30 })
        {
            _time.Advance(TimeSpan.Zero);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            _network.DeliverNow(_network.Sent[^1].Reply);
            _time.Advance(TimeSpan.FromMilliseconds(1000 - milliseconds));
        }

        await round;
        Assert.That(_points.Single().ToString(), Does.StartWith(
            "ping,url=192.0.2.1,host=192.0.2.1 packets_transmitted=3i,packets_received=3i,percent_packet_loss=0,"
            + "minimum_response_ms=10,average_response_ms=20,maximum_response_ms=30,standard_deviation_ms=8.16496580927726,ttl=64i,result_code=0i"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_lost_packet_is_confirmed_a_second_apart_each_a_point(CancellationToken token)
    {
        var probe = Probe("""{ "Targets": ["192.0.2.1"] }""");

        var round = probe.ProbeAsync(_points, token).AsTask();
        await AdvanceUntilAsync(round);

        Assert.That(_points.All.Select(Outcome), Is.EqualTo(Enumerable.Repeat("2 no reply to a packet within 1s", 3)));
        var times = _points.All.Select(point => UnixNanoseconds.ToTime(point.Timestamp!.Value)).ToArray();
        Assert.That(new[] { times[1] - times[0], times[2] - times[1] }, Is.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_target_that_stays_down_is_asked_once_a_round_and_its_return_is_confirmed(CancellationToken token)
    {
        var probe = Probe("""{ "Targets": ["192.0.2.1"] }""");

        var counts = new List<int>();
        foreach (var up in new[] { false, false, true, true })
        {
            _network.Echoes = up;
            var before = _points.All.Count;
            await AdvanceUntilAsync(probe.ProbeAsync(_points, token).AsTask());
            counts.Add(_points.All.Count - before);
        }

        Assert.That(counts, Is.EqualTo(new[] { 3, 1, 3, 1 }));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_blip_shows_as_one_failed_point_among_good_ones(CancellationToken token)
    {
        var probe = Probe("""{ "Targets": ["192.0.2.1"] }""");

        var round = probe.ProbeAsync(_points, token).AsTask();
        _time.Advance(TimeSpan.Zero);
        _network.Echoes = true;
        await AdvanceUntilAsync(round);

        Assert.That(_points.All.Select(Outcome), Is.EqualTo(new[] { "2 no reply to a packet within 1s", "0", "0" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_dead_resolver_delays_no_address(CancellationToken token)
    {
        var hung = new ManualResetEventSlim();
        _context.Shared<NameResolver>(_ => new NameResolver(_time, _ =>
        {
            hung.Wait(CancellationToken.None);
            return [];
        }));
        _network.Echoes = true;
        var probe = ConfiguredProbe.Create("ping", """{ "Targets": ["dead.example", "192.0.2.1"], "Spread": "0s" }""", _context);

        var round = probe.ProbeAsync(_points, token).AsTask();
        _time.Advance(TimeSpan.Zero);
        await _points.NextAsync(token);
        var first = _points.All.Single().FindTag("url");
        await AdvanceUntilAsync(round);
        hung.Set();

        Assert.That(first, Is.EqualTo("192.0.2.1"));
        Assert.That(Outcome(_points.All[1]), Is.EqualTo("3 dead.example was not resolved within 2s"));
        Assert.That(_points.All[1].FindField("percent_packet_loss"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task An_agent_that_stood_still_sends_again_instead_of_counting_a_loss(CancellationToken token)
    {
        var probe = Probe("""{ "Targets": ["192.0.2.1"] }""");

        var round = probe.ProbeAsync(_points, token).AsTask();
        _time.Advance(TimeSpan.Zero);
        _time.StandStill(TimeSpan.FromSeconds(5));
        _network.Echoes = true;
        await AdvanceUntilAsync(round);

        Assert.That(_points.Single().ToString(), Does.Contain("packets_transmitted=1i,packets_received=1i,percent_packet_loss=0,"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Targets_are_spread_over_the_beginning_of_the_round(CancellationToken token)
    {
        _network.Echoes = true;
        var targets = string.Join(", ", Enumerable.Range(0, 512).Select(i => $"\"10.0.{i / 256}.{i % 256}\""));
        var probe = Probe($$"""{ "Targets": [{{targets}}], "Spread": "400ms" }""");

        var round = probe.ProbeAsync(_points, token).AsTask();
        var counts = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            // Shortly before the next group: the one before is paced over a few milliseconds.
            _time.Advance(TimeSpan.FromMilliseconds(i == 0 ? 99 : 100));
            counts.Add(_network.Sent.Count);
        }

        await round;
        Assert.That(counts, Is.EqualTo(new[] { 128, 256, 384, 512 }));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_round_that_is_cancelled_ends_at_once(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        var probe = Probe("""{ "Targets": ["192.0.2.1"], "Timeout": "1m" }""");

        var round = probe.ProbeAsync(_points, limit.Token).AsTask();
        await limit.CancelAsync();

        Assert.That(async () => await round, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_points.All, Is.Empty);
    }

    [Test]
    public void Bad_options_are_all_named()
    {
        var errors = ConfiguredProbe.Errors("ping", """{ "Targets": ["a b", "http://x", "::1", "web01"], "Count": 0, "Size": 9 }""");

        Assert.That(errors, Is.EqualTo(new[]
        {
            "Targets: 'a b' is neither a host name nor an address",
            "Targets: 'http://x' is neither a host name nor an address",
            "Count: 0 is out of range; it goes from 1 to 100",
            "Size: 9 is out of range; it goes from 16 to 8972",
        }));
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();

    private IProbe Probe(string options) => ConfiguredProbe.Create("ping", options, _context);

    /// <summary>Moves the clock as fast as the round can follow until it ends.</summary>
    private async Task AdvanceUntilAsync(Task round)
    {
        while (!round.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await round;
    }
}
