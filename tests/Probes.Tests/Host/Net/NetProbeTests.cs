using System.Net.NetworkInformation;
using System.Text;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Net;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host.Net;

[Platform("Linux")]
public class NetProbeTests
{
    private const string Heading = "Inter-|   Receive                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";

    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task A_point_has_counters_and_the_state_of_the_link()
    {
        using var host = Machine("eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0");
        Link(host, "eth0", flags: "0x1003", state: "up", speed: "1000", duplex: "full", changes: "2");

        var point = (await PointsAsync(host)).Single();

        Assert.That(point, Is.EqualTo(
            "net,interface=eth0 bytes_sent=5i,bytes_recv=1i,packets_sent=6i,packets_recv=2i,err_in=3i,err_out=7i,drop_in=4i,drop_out=8i,"
            + "admin_up=1i,oper_up=1i,full_duplex=1i,speed=1000i,carrier_changes=2i"));
    }

    [Test]
    public async Task An_interface_that_lost_its_carrier_is_reported_as_down()
    {
        using var host = Machine("eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0");
        Link(host, "eth0", flags: "0x1003", state: "down", speed: "-1", duplex: "unknown", changes: "3");

        var point = (await PointsAsync(host)).Single();

        Assert.That(point, Does.EndWith(",admin_up=1i,oper_up=0i,carrier_changes=3i"));
    }

    [Test]
    public async Task Loopback_what_is_switched_off_and_the_ends_of_containers_are_left_out_unless_named()
    {
        using var host = Machine("lo: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0", "eth0: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0", "eth1: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0", "veth12ab: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0");
        Link(host, "lo", flags: "0x9", state: "unknown");
        Link(host, "eth0", flags: "0x1003", state: "up");
        Link(host, "eth1", flags: "0x1002", state: "down");
        Link(host, "veth12ab", flags: "0x1003", state: "up");

        Assert.That(await NamesAsync(host, Some(host.Root)), Is.EqualTo("eth0"));
        Assert.That(await NamesAsync(host, Some(host.Root) with { Interfaces = ["lo", "eth[1-9]"] }), Is.EqualTo("lo eth1"));
        Assert.That(await NamesAsync(host, Some(host.Root) with { ExcludeInterfaces = ["eth*"] }), Is.EqualTo("veth12ab"));
    }

    [Test]
    public async Task An_interface_that_somebody_switches_off_is_still_reported_as_such()
    {
        using var host = Machine("eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0");
        Link(host, "eth0", flags: "0x1003", state: "down");
        using var probe = new NetProbe(Some(host.Root), _time);
        await PointList.OfRoundAsync(probe);

        host.Write("sys/class/net/eth0/flags", "0x1002\n");
        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That((point.Number("admin_up"), point.Number("oper_up")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Where_sysfs_is_not_to_be_seen_the_counters_still_are()
    {
        using var host = Machine("lo: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0", "eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0");

        Assert.That(await PointsAsync(host), Is.EqualTo(new[]
        {
            "net,interface=eth0 bytes_sent=5i,bytes_recv=1i,packets_sent=6i,packets_recv=2i,err_in=3i,err_out=7i,drop_in=4i,drop_out=8i",
        }));
    }

    [Test]
    public async Task The_speed_is_asked_for_again_when_the_link_changed_or_a_minute_has_passed()
    {
        using var host = Machine("eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0");
        Link(host, "eth0", flags: "0x1003", state: "up", speed: "1000", changes: "2");
        using var probe = new NetProbe(Some(host.Root), _time);
        var speeds = new List<double> { await SpeedAsync(probe) };

        host.Write("sys/class/net/eth0/speed", "100\n");
        speeds.Add(await SpeedAsync(probe));
        host.Write("sys/class/net/eth0/carrier_changes", "4\n");
        speeds.Add(await SpeedAsync(probe));
        host.Write("sys/class/net/eth0/speed", "10\n");
        _time.Advance(TimeSpan.FromMinutes(1));
        speeds.Add(await SpeedAsync(probe));

        Assert.That(speeds, Is.EqualTo(new[] { 1000, 1000, 100, 10 }));
    }

    [TestCase("eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "eth0")]
    [TestCase("  eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "eth0", TestName = "Old_kernels_leave_no_blank")]
    [TestCase("eth0:1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "eth0:1")]
    [TestCase("eth0: 1 2 3 4 5 6 7 8 9 10 11", null)]
    [TestCase(" face |bytes    packets errs drop", null)]
    [TestCase(": 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", null)]
    [TestCase("", null)]
    public void A_line_has_a_name_and_twelve_numbers_that_count(string line, string? expected)
    {
        var good = NetDevParser.TryParse(Encoding.ASCII.GetBytes(line), out var name, out _);

        Assert.That(good ? Encoding.ASCII.GetString(name) : null, Is.EqualTo(expected));
    }

    [Test]
    public async Task The_live_kernel_counts_loopback_as_the_runtime_reads_it()
    {
        using var probe = new NetProbe(Some(new HostRoot(HostRoot.Default)) with { Interfaces = ["lo"] }, TimeProvider.System);
        var before = NetworkInterface.GetAllNetworkInterfaces().Single(found => found.Name == "lo").GetIPStatistics().BytesReceived;

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.Number("bytes_recv"), Is.GreaterThanOrEqualTo(before));
        Assert.That(point.Number("oper_up"), Is.EqualTo(1));
    }

    private async Task<IEnumerable<string>> PointsAsync(HostFiles host)
    {
        using var probe = new NetProbe(Some(host.Root), _time);
        return (await PointList.OfRoundAsync(probe)).Select(point => point.ToString());
    }

    private async Task<string> NamesAsync(HostFiles host, NetOptions options)
    {
        using var probe = new NetProbe(options, _time);
        return string.Join(' ', (await PointList.OfRoundAsync(probe)).Select(point => point.FindTag("interface")));
    }

    private static async Task<double> SpeedAsync(NetProbe probe) => (await PointList.OfRoundAsync(probe)).Single().Number("speed");

    private static HostFiles Machine(params string[] lines) =>
        new HostFiles().Write("proc/1/net/dev", Heading + string.Concat(lines.Select(line => line + "\n")));

    private static void Link(HostFiles host, string name, string flags, string state, string speed = "", string duplex = "", string changes = "1") => host
        .Write($"sys/class/net/{name}/flags", flags + "\n")
        .Write($"sys/class/net/{name}/operstate", state + "\n")
        .Write($"sys/class/net/{name}/speed", speed + "\n")
        .Write($"sys/class/net/{name}/duplex", duplex + "\n")
        .Write($"sys/class/net/{name}/carrier_changes", changes + "\n");

    private static NetOptions Some(HostRoot root) =>
        new() { Interfaces = [], ExcludeInterfaces = NetOptions.DefaultExcludedInterfaces, Root = root };
}
