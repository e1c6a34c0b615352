using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>Losses, silence and slowness, on a clock that moves only when the test says so.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SnmpEngineTimeTests
{
    private const int Ports = 12;
    private static readonly SnmpRecording Recording = SwitchRecording.Of(Ports);
    private static readonly Oid[] Name = [Oid.Parse("1.3.6.1.2.1.1.5.0")];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly EngineBench _bench = new();
    private readonly RecordedRows _rows = new();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task A_silent_device_is_asked_three_times_with_longer_and_longer_waits(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Silent = true;

        var asking = device.GetAsync(Name, token).AsTask();
        var ids = new List<int>();
        foreach (var wait in new[] { 1, 2, 4 })
        {
            ids.Add((await peer.NextRequestAsync(token)).Id);
            // The clock moves on while the engine wakes up: the attempt may have begun some ticks ago.
            _bench.Time.Advance((wait * Second) - (10 * Tick));
            Assert.That((asking.IsCompleted, peer.TakeRequest()), Is.EqualTo((false, (SeenRequest?)null)));
            _bench.Time.Advance(12 * Tick);
        }

        var answer = await asking;
        Assert.That((answer.Outcome, answer.Error), Is.EqualTo((SnmpOutcome.TimedOut, "no answer to 3 requests")));
        Assert.That(answer.Values.Single().Type, Is.EqualTo(SnmpType.Null));
        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        var counters = _bench.Engine.Counters;
        Assert.That((counters.Requests, counters.Retries, counters.Timeouts, counters.Answers), Is.EqualTo((3, 2, 3, 0)));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_answer_to_the_first_attempt_counts_during_the_second(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Delay = 1.5 * Second;

        var asking = device.GetAsync(Name, token).AsTask();
        await peer.NextRequestAsync(token);
        _bench.Time.Advance(Second + Tick);
        await peer.NextRequestAsync(token);
        _bench.Time.Advance(Second / 2);
        var answer = await asking;
        _bench.Time.Advance(Second);
        peer.Faults.Delay = TimeSpan.Zero;
        await device.GetAsync(Name, token);

        Assert.That((answer.Values.Single().ToString(), answer.Effort.Retries), Is.EqualTo(("switch", 1)));
        Assert.That(_bench.Engine.Counters.Late, Is.EqualTo(1));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_walk_comes_to_its_end_though_every_second_request_is_lost(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.LosesEvery = 2;

        var result = await DriveAsync(device, peer, (asked, _) => asked % 2 == 0, token);

        Assert.That(result.IsComplete, Is.True);
        Assert.That(_rows.All, Is.EquivalentTo(SwitchRecording.Rows(Ports)));
        Assert.That(result.Effort.Retries, Is.EqualTo(result.Effort.Requests / 2));
    }

    [Test, CancelAfter(30_000)]
    public async Task After_a_timeout_half_is_asked_for_and_that_is_remembered_when_it_is_answered(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Silent = true;
        var walk = device.WalkAsync([Oid.Parse("1.3.6.1.2.1")], _rows, WalkLimits.Usual, token).AsTask();

        var first = await peer.NextRequestAsync(token);
        peer.Faults.Silent = false;
        _bench.Time.Advance(Second + Tick);
        await walk;
        var others = new List<SeenRequest>();
        while (peer.TakeRequest() is { } seen)
        {
            others.Add(seen);
        }

        Assert.That(others.Select(seen => seen.MaxRepetitions).Take(16), Has.All.EqualTo(first.MaxRepetitions / 2));
        Assert.That(others[^1].MaxRepetitions, Is.EqualTo((first.MaxRepetitions / 2) + (first.MaxRepetitions / 16)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_device_that_is_silent_on_bulk_is_walked_by_GetNext(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.SilentOnBulk = true;

        var result = await DriveAsync(device, peer, (_, seen) => seen.Kind == "GetBulk", token);

        Assert.That(result.IsComplete, Is.True);
        Assert.That(_rows.All, Is.EquivalentTo(SwitchRecording.Rows(Ports)));
        Assert.That(result.Effort.Retries, Is.EqualTo(4));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_walk_ends_at_its_limit_of_time(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Delay = Second / 2;
        var walk = device.WalkAsync(SwitchRecording.Columns(), _rows, new WalkLimits { Time = 2 * Second }, token).AsTask();

        for (var i = 0; i < 5; i++)
        {
            await peer.NextRequestAsync(token);
            _bench.Time.Advance(Second / 2);
        }

        var result = await walk;
        Assert.That((result.Outcome, result.Error), Is.EqualTo((SnmpOutcome.LimitReached, "the walk was stopped after 2 s")));
        Assert.That(_rows.All, Is.Not.Empty);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_slow_row_is_waited_for_with_fewer_rows_beside_it(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Slow("1.3.6.1.2.1.2.2.1.2.7", 1.5 * Second);

        var result = await DriveAsync(device, peer, (_, _) => true, token, [Oid.Parse("1.3.6.1.2.1.2.2.1.2")], TimeSpan.FromMilliseconds(1600));

        Assert.That((result.IsComplete, _rows.All.Count), Is.EqualTo((true, Ports)));
    }

    /// <summary>Walks all columns, letting the attempt's wait pass whenever the request that came is one that gets no answer.</summary>
    private async Task<WalkResult> DriveAsync(
        SnmpDevice device, SimulatedDevice peer, Func<int, SeenRequest, bool> isLost, CancellationToken token, IReadOnlyList<Oid>? columns = null, TimeSpan? wait = null)
    {
        var walk = device.WalkAsync(columns ?? SwitchRecording.Columns(), _rows, WalkLimits.Usual with { Time = TimeSpan.FromHours(1) }, token).AsTask();
        var (last, attempt) = (0, 0);
        for (var asked = 1; ; asked++)
        {
            var next = peer.NextRequestAsync(token).AsTask();
            if (await Task.WhenAny(walk, next) == walk)
            {
                return await walk;
            }

            var seen = await next;
            (last, attempt) = (seen.Id, seen.Id == last ? attempt + 1 : 0);
            if (isLost(asked, seen))
            {
                _bench.Time.Advance(wait ?? (Second * (1 << attempt)) + (2 * Tick));
            }
        }
    }
}
