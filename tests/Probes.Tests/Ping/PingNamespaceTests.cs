using NocMonitor.LineProtocol;
using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Tests.Ping;

/// <summary>Real ICMP in a network made for the test: with and without rights, with a silent host, with a router that says no.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class PingNamespaceTests
{
    private readonly RecordedLogs _logs = new();
    private readonly RecordedPoints _points = new();
    private NetworkNamespace _network = null!;

    [SetUp]
    public void MakeNetwork() => _network = NetworkNamespace.Create();

    [TearDown]
    public void DropNetwork() => _network.Dispose();

    [TestCase("raw")]
    [TestCase("datagram")]
    [CancelAfter(30_000)]
    public async Task Either_kind_of_socket_pings(string kind, CancellationToken token)
    {
        Allow(kind);

        await RoundAsync("""{ "Targets": ["127.0.0.1", "::1"], "Count": 2, "PacketInterval": "10ms" }""", token);

        Assert.That(_points.All.Select(Outcome), Is.EqualTo(new[] { "0", "0" }));
        Assert.That(_points.All.Select(point => point.FindField("ttl")!.Value.Integer), Is.EqualTo(new[] { 64, 64 }));
        Assert.That(_logs.All, Is.EquivalentTo(new[]
        {
            $"Debug: ping: InterNetwork goes over a {kind} ICMP socket", $"Debug: ping: InterNetworkV6 goes over a {kind} ICMP socket",
        }));
    }

    [TestCase("raw")]
    [TestCase("datagram")]
    [CancelAfter(30_000)]
    public async Task A_host_that_stays_silent_is_a_timeout(string kind, CancellationToken token)
    {
        _network.Sysctl("ipv4/icmp_echo_ignore_all", "1");
        Allow(kind);

        await RoundAsync("""{ "Targets": "127.0.0.1", "Timeout": "50ms", "ConfirmInterval": "0s" }""", token);

        Assert.That(_points.All.Select(Outcome), Is.EqualTo(Enumerable.Repeat("2 no reply to a packet within 50ms", 3)));
        Assert.That(_points.All.Select(point => point.FindField("percent_packet_loss")!.Value.Float), Is.All.EqualTo(100));
    }

    [TestCase("raw")]
    [TestCase("datagram")]
    [CancelAfter(30_000)]
    public async Task What_a_router_says_is_the_reason(string kind, CancellationToken token)
    {
        using var router = NetworkNamespace.Create();
        ConnectTo(router);
        Allow(kind);

        await RoundAsync("""
            { "Targets": ["10.10.1.1", "10.11.1.1", "fd00:10::1", "10.9.0.2"], "Timeout": "5s", "Confirmations": 0, "Spread": "0s" }
            """, token);

        Assert.That(_points.All.Select(point => $"{point.FindTag("url")} {Outcome(point)}"), Is.EquivalentTo(new[]
        {
            "10.10.1.1 1 host unreachable, says 10.9.0.2",
            "10.11.1.1 1 administratively prohibited, says 10.9.0.2",
            "fd00:10::1 1 no route to the destination, says fd00:9::2",
            "10.9.0.2 0",
        }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Without_any_right_one_error_names_both_cures_and_every_point_says_why(CancellationToken token)
    {
        _network.DropCapabilities();

        await RoundAsync("""{ "Targets": ["127.0.0.1", "127.0.0.2"] }""", token);

        Assert.That(_logs.All, Has.Count.EqualTo(1));
        Assert.That(_logs.All[0], Does.StartWith("Error: ").And.Contain("net.ipv4.ping_group_range=\"0 0\"").And.Contain("AmbientCapabilities=CAP_NET_RAW"));
        Assert.That(_points.All.Select(Outcome), Is.EqualTo(Enumerable.Repeat($"6 {EchoEngines.NoRights}", 2)));
        Assert.That(_points.All.Select(point => point.FindField("percent_packet_loss")), Is.All.Null);
    }

    private void Allow(string kind)
    {
        if (kind == "datagram")
        {
            _network.Sysctl("ipv4/ping_group_range", "0 0");
            _network.DropCapabilities();
        }
    }

    private void ConnectTo(NetworkNamespace router)
    {
        _network.Ip("link add a0 type veth peer name r0");
        _network.Ip($"link set r0 netns {router.Id}");
        foreach (var (side, device, number) in new[] { (_network, "a0", 1), (router, "r0", 2) })
        {
            side.Ip($"addr add 10.9.0.{number}/24 dev {device}");
            side.Ip($"-6 addr add fd00:9::{number}/64 dev {device} nodad");
            side.Ip($"link set {device} up");
        }

        router.Sysctl("ipv4/ip_forward", "1");
        router.Sysctl("ipv6/conf/all/forwarding", "1");
        router.Ip("route add unreachable 10.10.0.0/16");
        router.Ip("route add prohibit 10.11.0.0/16");
        router.Ip("-6 route add unreachable fd00:10::/64");
        _network.Ip("route add 10.10.0.0/15 via 10.9.0.2");
        _network.Ip("-6 route add fd00:10::/64 via fd00:9::2");
    }

    private async Task RoundAsync(string options, CancellationToken token)
    {
        await using var context = new ProbeContext(TimeProvider.System, "this-machine", _logs);
        context.Shared<IEchoEngine>(_ => new EchoEngine(
            TimeProvider.System,
            pump => new ThreadTimer(TimeProvider.System, "ping sender", pump),
            (family, take) => _network.Run(() => EchoEngines.OpenLane(family, take, TimeProvider.System, _logs))));
        await ConfiguredProbe.Create("ping", options, context).ProbeAsync(_points, token);
    }

    private static string Outcome(Point point) => $"{point.FindField("result_code")!.Value.Integer} {point.FindField("error")?.Text}".TrimEnd();
}
