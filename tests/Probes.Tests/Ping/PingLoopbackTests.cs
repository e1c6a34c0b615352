using System.Net.Sockets;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Ping;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Ping;

/// <summary>Real ICMP over the loopback interface; needs the right to open an ICMP socket.</summary>
public class PingLoopbackTests
{
    [SetUp]
    public void NeedsRights()
    {
        if (!OperatingSystem.IsLinux())
        {
            Prerequisite.Missing("the shared ICMP socket is Linux only");
        }

        try
        {
            using var socket = IcmpSocket.Open(AddressFamily.InterNetwork, TimeProvider.System);
        }
        catch (SocketException)
        {
            Prerequisite.Missing(EchoEngines.NoRights);
        }
    }

    [TestCase("127.0.0.1")]
    [TestCase("127.1.2.3")]
    [TestCase("localhost")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::1")]
    [CancelAfter(30_000)]
    public async Task This_machine_answers(string target, CancellationToken token)
    {
        if (target == "::1" && !Socket.OSSupportsIPv6)
        {
            Prerequisite.Missing("this machine has no IPv6");
        }

        var points = await ConfiguredProbe.RoundAsync("ping", $$"""{ "Targets": "{{target}}", "Count": 3, "PacketInterval": "20ms" }""", token);

        var point = points.Single();
        Assert.That(point.ToString(), Does.StartWith($"ping,url={target},host={target} packets_transmitted=3i,packets_received=3i,percent_packet_loss=0,"));
        Assert.That(Field(point, "ttl"), Is.EqualTo(64));
        Assert.That(Field(point, "minimum_response_ms"), Is.GreaterThan(0).And.LessThanOrEqualTo(Field(point, "average_response_ms")));
        Assert.That(Field(point, "average_response_ms"), Is.LessThanOrEqualTo(Field(point, "maximum_response_ms")));
        Assert.That(Field(point, "maximum_response_ms"), Is.LessThan(1000));
    }

    [Test, CancelAfter(60_000)]
    public async Task Three_thousand_targets_all_answer_over_one_socket(CancellationToken token)
    {
        var targets = string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"\"127.1.{i / 250}.{(i % 250) + 1}\""));
        await using var context = ConfiguredProbe.Context();
        var points = new RecordedPoints();
        var probe = ConfiguredProbe.Create("ping", $$"""{ "Targets": [{{targets}}], "Spread": "0s", "Timeout": "5s" }""", context);

        await probe.ProbeAsync(points, token);

        Assert.That(points.All, Has.Count.EqualTo(3000));
        Assert.That(points.All.Select(point => Field(point, "result_code")), Is.All.Zero);
        Assert.That(points.All.Select(point => point.FindTag("url")).Distinct().Count(), Is.EqualTo(3000));
    }

    [Test, CancelAfter(30_000)]
    public async Task Two_probes_of_one_agent_share_the_engine_and_get_their_own_answers(CancellationToken token)
    {
        await using var context = ConfiguredProbe.Context();
        var (first, second) = (new RecordedPoints(), new RecordedPoints());
        var left = ConfiguredProbe.Create("ping", """{ "Targets": ["127.0.0.1", "127.0.0.2"] }""", context);
        var right = ConfiguredProbe.Create("ping", """{ "Targets": ["127.0.0.3", "127.0.0.1"] }""", context);

        await Task.WhenAll(left.ProbeAsync(first, token).AsTask(), right.ProbeAsync(second, token).AsTask());

        Assert.That(Urls(first), Is.EquivalentTo(new[] { "127.0.0.1", "127.0.0.2" }));
        Assert.That(Urls(second), Is.EquivalentTo(new[] { "127.0.0.3", "127.0.0.1" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_address_without_a_route_is_unreachable_at_once(CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("ping", """{ "Targets": "0.1.2.3", "ConfirmInterval": "0s" }""", token);

        Assert.That(points.All, Has.Count.EqualTo(3));
        Assert.That(Field(points.All[0], "result_code"), Is.EqualTo(1));
        Assert.That(points.All[0].FindField("error")!.Value.Text, Is.Not.Empty.And.Not.Contain("no reply"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_jumbo_payload_goes_and_comes(CancellationToken token)
    {
        var points = await ConfiguredProbe.RoundAsync("ping", """{ "Targets": ["127.0.0.1", "::1"], "Size": 8972 }""", token);

        Assert.That(points.All.Select(point => Field(point, "result_code")), Is.All.Zero);
    }

    [Test, CancelAfter(30_000)]
    public async Task The_systems_own_way_of_pinging_works_too(CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Prerequisite.Missing("without the right to raw sockets .NET's ping on Linux would start a program");
        }

        await using var context = ConfiguredProbe.Context();
        context.Shared<IEchoEngine>(_ => new SystemEchoEngine(TimeProvider.System));
        var points = new RecordedPoints();

        await ConfiguredProbe.Create("ping", """{ "Targets": ["127.0.0.1", "::1"], "Count": 2, "PacketInterval": "10ms" }""", context).ProbeAsync(points, token);

        Assert.That(points.All.Select(point => Field(point, "packets_received")), Is.EqualTo(new[] { 2, 2 }));
    }

    private static IEnumerable<string?> Urls(RecordedPoints points) => points.All.Select(point => point.FindTag("url"));

    private static double Field(Point point, string name) => point.FindField(name)!.Value.AsDouble();
}
