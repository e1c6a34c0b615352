using System.Net;
using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using static NocMonitor.Probes.Tests.Snmp.Traps.TrapMessages;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

[CancelAfter(30_000)]
public class SnmpTrapProbeTests
{
    [TestCase("""{ "Address": "here" }""", "Address: 'here' is not an address")]
    [TestCase("""{ "Sources": "10.0.0.0/33" }""", "Sources: '10.0.0.0/33' is not a network such as 10.0.0.0/8 or 2001:db8::/32")]
    [TestCase("""{ "Names": { "core": "core-1" } }""", "Names: 'core' is not an address")]
    [TestCase("""{ "Port": 0 }""", "Port: 0 is out of range; it goes from 1 to 65535")]
    [TestCase("""{ "Credentials": { "a": { "Version": "V3", "UserName": "u", "Auth": "MD5" } } }""",
        "Credentials.a.AuthPassword: is required; write it, or name AuthPasswordFile or AuthPasswordVariable")]
    public void Options_that_cannot_be_are_refused(string options, string expected) =>
        Assert.That(ConfiguredProbe.Errors("snmp_trap", options), Is.EqualTo(new[] { expected }));

    [Test]
    public async Task A_port_that_is_taken_is_had_once_it_is_free(CancellationToken token)
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = (IPEndPoint)other.LocalEndPoint!;
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        using var probe = (IDisposable)ConfiguredProbe.Create("snmp_trap", $$"""{ "Address": "127.0.0.1", "Port": {{address.Port}} }""", context);
        var points = new RecordedPoints();
        ((IListeningProbe)probe).Listen(points);

        var before = new RecordedPoints();
        await ((IProbe)probe).ProbeAsync(before, token);
        other.Dispose();
        time.Advance(TimeSpan.FromSeconds(2));
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await sender.SendToAsync(V2c(PduType.TrapV2, 1, ColdStart), address, token);
        await points.NextAsync(token);
        var after = new RecordedPoints();
        await ((IProbe)probe).ProbeAsync(after, token);

        Assert.That((before.Single().FindField("result_code")!.Value.Integer, after.Single().FindField("result_code")!.Value.Integer), Is.EqualTo((6L, 0L)));
        Assert.That(before.Single().FindField("error")!.Value.Text, Does.StartWith("traps cannot be received: "));
        Assert.That(points.Single().FindTag("trap"), Is.EqualTo("coldStart"));
    }

    [Test]
    public async Task Traps_of_both_families_come_over_one_port_and_no_two_have_one_time(CancellationToken token)
    {
        var port = NocMonitor.Testing.Snmp.SnmpDaemon.FreePort();
        await using var context = ConfiguredProbe.Context(new ManualTimeProvider());
        using var probe = (IDisposable)ConfiguredProbe.Create("snmp_trap", $$"""{ "Port": {{port}} }""", context);
        var points = new RecordedPoints();
        ((IListeningProbe)probe).Listen(points);

        foreach (var target in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }.Where(address => address.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6))
        {
            using var sender = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await sender.SendToAsync(V2c(PduType.TrapV2, 1, ColdStart), new IPEndPoint(target, port), token);
            await points.NextAsync(token);
        }

        Assert.That(points.All.Select(point => point.FindTag("host")), Is.SubsetOf(new[] { "127.0.0.1", "::1" }).And.Contains("127.0.0.1"));
        Assert.That(points.All.Select(point => point.Timestamp), Is.Unique);
    }

    [Test]
    public async Task A_single_run_listens_for_a_while_and_says_what_came(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var context = ConfiguredProbe.Context(time);
        using var probe = (IDisposable)ConfiguredProbe.Create(
            "snmp_trap", $$"""{ "Address": "127.0.0.1", "Port": {{NocMonitor.Testing.Snmp.SnmpDaemon.FreePort()}}, "ListenOnce": "5s" }""", context);
        var points = new RecordedPoints();

        var round = ((IProbe)probe).ProbeAsync(points, token).AsTask();
        var isRunning = !round.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(5));
        await round;

        Assert.That(isRunning, Is.True);
        Assert.That(points.Single().Measurement, Is.EqualTo("snmp_trap_receiver"));
    }
}
