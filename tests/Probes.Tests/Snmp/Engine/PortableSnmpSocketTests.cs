using System.Net;
using System.Net.Sockets;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>The socket that Windows uses, tried here.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public class PortableSnmpSocketTests
{
    private static readonly Oid[] Name = [Oid.Parse("1.3.6.1.2.1.1.5.0")];

    private readonly ManualTimeProvider _time = new();
    private readonly SnmpSimulator _simulator = new();
    private readonly SnmpEngine _engine;

    public PortableSnmpSocketTests() => _engine = new SnmpEngine(_time, new SnmpSecurity(_time), family => new PortableSnmpSocket(SnmpSockets.Bind(family)));

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Test]
    public async Task Devices_are_walked_beside_closed_ports(CancellationToken token)
    {
        var closed = Open(ClosedPort()).GetAsync(Name, token).AsTask();
        var devices = Enumerable.Range(0, 20).Select(_ => Open(_simulator.Add(SwitchRecording.Of(12)).EndPoint)).ToList();
        var rows = devices.Select(_ => new RecordedRows()).ToList();

        var results = await Task.WhenAll(devices.Select((device, i) => device.WalkAsync(SwitchRecording.Columns(), rows[i], WalkLimits.Usual, token).AsTask()));

        Assert.That(results.Select(result => result.Outcome), Has.All.EqualTo(SnmpOutcome.Answered));
        Assert.That(rows.Select(found => found.All), Has.All.EquivalentTo(SwitchRecording.Rows(12)));
        Assert.That(closed.IsCompleted, Is.False);
    }

    [Test]
    public async Task Silence_is_noticed_by_the_clock(CancellationToken token)
    {
        var peer = _simulator.Add(SwitchRecording.Of(1));
        peer.Faults.Silent = true;
        var asking = Open(peer.EndPoint).GetAsync(Name, token).AsTask();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await peer.NextRequestAsync(token);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That((await asking).Outcome, Is.EqualTo(SnmpOutcome.TimedOut));
    }

    [Test]
    public async Task What_cannot_be_sent_is_told_and_closing_ends_what_waits(CancellationToken token)
    {
        var peer = _simulator.Add(SwitchRecording.Of(1));
        peer.Faults.Silent = true;
        var waiting = Open(peer.EndPoint).GetAsync(Name, token).AsTask();
        await peer.NextRequestAsync(token);

        var refused = await Open(new IPEndPoint(IPAddress.Broadcast, 161)).GetAsync(Name, token);
        await _engine.DisposeAsync();

        Assert.That((refused.Outcome, refused.Error), Is.EqualTo((SnmpOutcome.NotSent, "Permission denied")));
        Assert.That((await waiting).Outcome, Is.EqualTo(SnmpOutcome.Closed));
    }

    private SnmpDevice Open(IPEndPoint endPoint) =>
        _engine.Open(new SnmpTarget(endPoint.ToString(), endPoint, new SnmpCredentials { Community = new Secret("public") }, new SnmpRequestOptions()));

    private static IPEndPoint ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
