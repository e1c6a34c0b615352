using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.DiskIo;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host.DiskIo;

[Platform("Linux")]
public class DiskIoProbeTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task The_first_round_has_counters_and_no_latencies()
    {
        using var host = Disks("8 0 sda 10 1 200 30 40 2 400 50 3 60 70");
        using var probe = Probe(host);

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.ToString(), Is.EqualTo(
            "diskio,name=sda reads=10i,writes=40i,read_bytes=102400i,write_bytes=204800i,read_time=30i,write_time=50i,"
            + "iops_in_progress=3i,io_time=60i,weighted_io_time=70i,merged_reads=1i,merged_writes=2i"));
    }

    [Test]
    public async Task Latency_and_use_are_those_of_the_time_between_two_rounds()
    {
        var point = await SecondRoundAsync("8 0 sda 10 0 0 30 40 0 0 50 0 60 0", "8 0 sda 20 0 0 80 60 0 0 450 0 5060 0");

        Assert.That(
            (point.Number("read_await"), point.Number("write_await"), point.Number("await_ms"), point.Number("util_percent")),
            Is.EqualTo((5, 20, 15, 50)));
    }

    [Test]
    public async Task A_disk_without_requests_waited_for_none()
    {
        var point = await SecondRoundAsync("8 0 sda 10 0 0 30 40 0 0 50 0 60 0", "8 0 sda 10 0 0 30 40 0 0 50 0 60 0");

        Assert.That((point.Number("await_ms"), point.Number("util_percent")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Times_that_wrap_at_32_bits_are_carried_on()
    {
        var point = await SecondRoundAsync("8 0 sda 10 0 0 4294967290 40 0 0 50 0 4294967000 0", "8 0 sda 11 0 0 4 40 0 0 50 0 4704 0");

        Assert.That((point.Number("read_await"), point.Number("util_percent")), Is.EqualTo((10, 50)));
    }

    [Test]
    public async Task Counters_that_start_anew_give_no_latencies_in_that_round()
    {
        var point = await SecondRoundAsync("8 0 sda 1000 0 0 30 40 0 0 50 0 60 0", "8 0 sda 1 0 0 3 1 0 0 5 0 6 0");

        Assert.That((point.FindField("await_ms"), point.FindField("reads")), Is.EqualTo(((FieldValue?)null, (FieldValue?)FieldValue.Of(1L))));
    }

    [Test]
    public async Task A_disk_that_was_away_has_no_latencies_when_it_comes_back()
    {
        using var host = Disks("8 0 sda 10 0 0 30 40 0 0 50 0 60 0");
        using var probe = Probe(host);
        await PointList.OfRoundAsync(probe);
        host.Write("proc/diskstats", "");
        await PointList.OfRoundAsync(probe);
        host.Write("proc/diskstats", "8 0 sda 20 0 0 80 60 0 0 450 0 5060 0\n");

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.FindField("await_ms"), Is.Null);
    }

    [Test]
    public async Task Partitions_what_is_no_disk_and_what_was_never_used_are_left_out()
    {
        using var host = Disks("8 16 sdb 0 0 0 0 0 0 0 0 0 0 0", "7 0 loop0 1 0 0 0 0 0 0 0 0 0 0", "8 0 sda 1 0 0 0 0 0 0 0 0 0 0", "8 1 sda1 1 0 0 0 0 0 0 0 0 0 0", "104 0 cciss/c0d0 1 0 0 0 0 0 0 0 0 0 0")
            .Write("sys/block/sda/size", "1\n").Write("sys/block/sdb/size", "0\n").Write("sys/block/loop0/size", "1\n").Write("sys/block/cciss!c0d0/size", "1\n");

        Assert.That(await NamesAsync(Probe(host)), Is.EqualTo("sda cciss/c0d0"));
        Assert.That(await NamesAsync(new DiskIoProbe(Some(host.Root) with { Partitions = true }, _time)), Is.EqualTo("sda sda1 cciss/c0d0"));
        Assert.That(await NamesAsync(new DiskIoProbe(Some(host.Root) with { Devices = ["loop*", "sda1"] }, _time)), Is.EqualTo("loop0 sda1"));
    }

    [TestCase("8 0 sda 1 2 3 4 5 6 7 8 9 10 11", true)]
    [TestCase("   8       0 sda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", true)]
    [TestCase("8 1 sda1 1 2 3 4", false, TestName = "Partitions_of_old_kernels_have_four_columns")]
    [TestCase("8 0 sda 1 2 3 4 5 6 7 8 9 10 x", false)]
    [TestCase("8 0 sda", false)]
    [TestCase("", false)]
    public void A_line_has_a_name_and_eleven_numbers(string line, bool expected) =>
        Assert.That(DiskStatsParser.TryParse(Encoding.ASCII.GetBytes(line), out _, out _), Is.EqualTo(expected));

    [Test]
    public async Task The_live_kernel_lists_its_disks()
    {
        Assume.That(Directory.GetDirectories("/sys/block").Any(disk => Path.GetFileName(disk) is [('s' or 'v' or 'x'), .., 'd', _] or ['n', 'v', 'm', 'e', ..]), "no disk here");
        using var probe = new DiskIoProbe(Some(new HostRoot(HostRoot.Default)), TimeProvider.System);
        await PointList.OfRoundAsync(probe);

        var points = await PointList.OfRoundAsync(probe);

        Assert.That(points, Is.Not.Empty);
        Assert.That(points.Select(point => point.Number("util_percent")), Has.All.InRange(0, 100));
    }

    private async Task<Point> SecondRoundAsync(string first, string second)
    {
        using var host = Disks(first);
        using var probe = Probe(host);
        await PointList.OfRoundAsync(probe);
        host.Write("proc/diskstats", second + "\n");
        _time.Advance(TimeSpan.FromSeconds(10));
        return (await PointList.OfRoundAsync(probe)).Single();
    }

    private static async Task<string> NamesAsync(DiskIoProbe probe)
    {
        using (probe)
        {
            return string.Join(' ', (await PointList.OfRoundAsync(probe)).Select(point => point.FindTag("name")));
        }
    }

    private DiskIoProbe Probe(HostFiles host) => new(Some(host.Root), _time);

    private static HostFiles Disks(params string[] lines) => new HostFiles().Write("proc/diskstats", string.Concat(lines.Select(line => line + "\n")));

    private static DiskIoOptions Some(HostRoot root) =>
        new() { Devices = [], ExcludeDevices = DiskIoOptions.DefaultExcludedDevices, Partitions = false, Root = root };
}
