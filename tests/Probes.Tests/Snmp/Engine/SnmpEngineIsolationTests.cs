using System.Net;
using System.Net.Sockets;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>Devices, callers and requests beside each other.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SnmpEngineIsolationTests
{
    private const int Ports = 12;
    private static readonly SnmpRecording Recording = SwitchRecording.Of(Ports);
    private static readonly Oid[] Name = [Oid.Parse("1.3.6.1.2.1.1.5.0")];

    private readonly EngineBench _bench = new();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test, CancelAfter(60_000)]
    public async Task Dead_and_closed_devices_delay_none_of_the_others_and_time_stands_still_meanwhile(CancellationToken token)
    {
        for (var i = 0; i < 400; i++)
        {
            var (peer, dead) = _bench.Add(Recording);
            peer.Faults.Silent = true;
            _ = dead.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token).AsTask();
            _ = ClosedPort().GetAsync(Name, token).AsTask();
        }

        // As many requests as the window holds lie unanswered: a moment later they no longer count.
        var healthy = Enumerable.Range(0, 50).Select(_ => _bench.Add(Recording).Device).ToList();
        var walks = healthy.Select(device => device.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token).AsTask()).ToList();
        var all = Task.WhenAll(walks);
        for (var moments = 0; moments < 30 && !all.IsCompleted; moments++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.WhenAny(all, _bench.Time.TimerSetAsync(token));
        }

        Assert.That((await all).Select(result => result.Outcome), Has.All.EqualTo(SnmpOutcome.Answered));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_closed_port_disturbs_nobody(CancellationToken token)
    {
        var closed = ClosedPort();
        var (_, device) = _bench.Add(Recording);

        var waiting = closed.GetAsync(Name, token).AsTask();
        for (var i = 0; i < 20; i++)
        {
            Assert.That((await device.GetAsync(Name, token)).IsAnswered, Is.True);
        }

        Assert.That(waiting.IsCompleted, Is.False);
    }

    [TestCase(false, TestName = "Dropped_unless_told")]
    [TestCase(true, TestName = "Taken_when_told")]
    [CancelAfter(30_000)]
    public async Task Answers_with_another_request_id_are_counted_and(bool accepted, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, options: new SnmpRequestOptions { AnyRequestId = accepted, Retries = 0 });
        peer.Faults.WrongRequestId = true;

        var answer = await TimedAsync(device, peer, token);

        Assert.That(answer.Outcome, Is.EqualTo(accepted ? SnmpOutcome.Answered : SnmpOutcome.TimedOut));
        Assert.That(_bench.Engine.Counters.WrongId, Is.EqualTo(1));
    }

    [TestCase(false, TestName = "They_are_dropped_unless_told")]
    [TestCase(true, TestName = "They_are_taken_when_told")]
    [CancelAfter(30_000)]
    public async Task Answers_from_another_source_are_counted_and(bool accepted, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, options: new SnmpRequestOptions { AnySource = accepted, Retries = 0 });
        peer.Faults.WrongSource = true;

        var answer = await TimedAsync(device, peer, token);

        Assert.That(answer.Outcome, Is.EqualTo(accepted ? SnmpOutcome.Answered : SnmpOutcome.TimedOut));
        Assert.That(_bench.Engine.Counters.WrongSource, Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [CancelAfter(30_000)]
    public async Task No_more_requests_are_on_their_way_to_a_device_than_allowed(int limit, CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording, options: new SnmpRequestOptions { InFlight = limit });
        var (fence, other) = _bench.Add(Recording);
        peer.Faults.Silent = true;

        var walk = device.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token).AsTask();
        var get = device.GetAsync(Name, token).AsTask();
        await other.GetAsync(Name, token);
        await fence.NextRequestAsync(token);

        Assert.That((peer.Asked, walk.IsCompleted, get.IsCompleted), Is.EqualTo(((long)limit, false, false)));
    }

    [Test, CancelAfter(30_000)]
    public async Task With_two_on_their_way_a_walk_is_as_complete_as_with_one(CancellationToken token)
    {
        var (_, device) = _bench.Add(Recording, options: new SnmpRequestOptions { InFlight = 2 });
        var rows = new RecordedRows();

        await device.WalkAsync(SwitchRecording.Columns(), rows, WalkLimits.Usual, token);

        Assert.That(rows.All, Is.EquivalentTo(SwitchRecording.Rows(Ports)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_get_does_not_wait_for_a_walk(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.EndlessUnder = "1.3.6.1.2.1.2.2.1.22";
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        var walk = device.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), new WalkLimits { Rows = int.MaxValue, Varbinds = int.MaxValue }, enough.Token).AsTask();

        for (var i = 0; i < 10; i++)
        {
            Assert.That((await device.GetAsync(Name, token)).IsAnswered, Is.True);
        }

        Assert.That(walk.IsCompleted, Is.False);
        await enough.CancelAsync();
        Assert.That(async () => await walk, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task Cancelling_lets_go_at_once_and_the_device_is_asked_on(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        peer.Faults.Silent = true;
        using var cancel = new CancellationTokenSource();

        var waiting = device.GetAsync(Name, cancel.Token).AsTask();
        await peer.NextRequestAsync(token);
        await cancel.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        peer.Faults.Silent = false;

        Assert.That((await device.GetAsync(Name, token)).IsAnswered, Is.True);
    }

    [Test, CancelAfter(30_000)]
    public async Task Closing_a_device_or_the_engine_ends_what_waits(CancellationToken token)
    {
        var (peer, device) = _bench.Add(Recording);
        var other = _bench.Open(peer);
        peer.Faults.Silent = true;
        var first = device.GetAsync(Name, token).AsTask();
        var second = other.WalkAsync(SwitchRecording.Columns(), new RecordedRows(), WalkLimits.Usual, token).AsTask();
        await peer.NextRequestAsync(token);
        await peer.NextRequestAsync(token);

        device.Dispose();
        Assert.That((await first).Outcome, Is.EqualTo(SnmpOutcome.Closed));
        await _bench.Engine.DisposeAsync();
        Assert.That((await second).Outcome, Is.EqualTo(SnmpOutcome.Closed));
        Assert.That((await other.GetAsync(Name, token)).Outcome, Is.EqualTo(SnmpOutcome.Closed));
    }

    [Test, CancelAfter(30_000)]
    public async Task Devices_on_IPv6_are_asked_over_a_socket_of_their_own(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator(family: AddressFamily.InterNetworkV6);
        var device = _bench.Open(simulator.AddCommunity(Recording, "secret"));
        var rows = new RecordedRows();

        await device.WalkAsync(SwitchRecording.Columns(), rows, WalkLimits.Usual, token);

        Assert.That(rows.All, Is.EquivalentTo(SwitchRecording.Rows(Ports)));
    }

    [Test, CancelAfter(30_000)]
    public async Task Where_this_machine_cannot_send_the_reason_is_told(CancellationToken token)
    {
        var device = _bench.Engine.Open(new SnmpTarget("nowhere", new IPEndPoint(IPAddress.Broadcast, 161),
            new SnmpCredentials { Community = new Secret("secret") }, new SnmpRequestOptions()));

        var answer = await device.GetAsync(Name, token);

        Assert.That((answer.Outcome, answer.Error), Is.EqualTo((SnmpOutcome.NotSent, "sending is not permitted (a broadcast address?)")));
    }

    private SnmpDevice ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return _bench.Engine.Open(new SnmpTarget("closed", (IPEndPoint)socket.LocalEndPoint!,
            new SnmpCredentials { Community = new Secret("secret") }, new SnmpRequestOptions()));
    }

    private async Task<SnmpAnswer> TimedAsync(SnmpDevice device, SimulatedDevice peer, CancellationToken token)
    {
        var asking = device.GetAsync(Name, token).AsTask();
        await peer.NextRequestAsync(token);
        // The answer is on its way: another device's answer shows that it was taken.
        var (_, fence) = _bench.Add(Recording);
        await fence.GetAsync(Name, token);
        _bench.Time.Advance(TimeSpan.FromSeconds(1.1));
        return await asking;
    }
}
