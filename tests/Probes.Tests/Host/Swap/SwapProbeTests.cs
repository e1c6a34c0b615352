using System.Buffers.Binary;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Swap;

namespace NocMonitor.Probes.Tests.Host.Swap;

public class SwapProbeTests
{
    [Test]
    public void Use_comes_from_meminfo_and_traffic_from_vmstat()
    {
        var point = PointOf("SwapTotal: 1000 kB\nSwapFree: 750 kB\n", "pswpin 2\npswpout 3\n");

        var page = Environment.SystemPageSize;
        Assert.That(point.ToString(), Is.EqualTo(
            $"swap total=1024000i,used=256000i,free=768000i,used_percent=25,in={2 * page}i,out={3 * page}i"));
    }

    [Test]
    public void A_machine_without_swap_uses_nothing_of_it()
    {
        var point = PointOf("SwapTotal: 0 kB\nSwapFree: 0 kB\n", "");

        Assert.That(point.ToString(), Is.EqualTo("swap total=0i,used=0i,free=0i,used_percent=0"));
    }

    [Test]
    public void A_file_without_swap_lines_fails_the_round() =>
        Assert.That(() => PointOf("MemTotal: 1 kB\n", ""), Throws.InstanceOf<InvalidDataException>());

    [Test]
    [Platform("Linux")]
    public async Task The_live_kernel_agrees_with_its_list_of_swap_areas()
    {
        using var probe = new SwapProbe(new SwapOptions { Root = new HostRoot(HostRoot.Default) });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        var areas = File.ReadLines("/proc/swaps").Skip(1).Sum(line => Numbers(line)[0]);
        Assert.That(point.FindField("total")?.Integer, Is.EqualTo(areas * 1024));
        Assert.That(point.FindField("in"), Is.Not.Null);
    }

    [Test]
    public void Page_files_of_windows_add_up()
    {
        var table = new byte[96];
        BinaryPrimitives.WriteUInt32LittleEndian(table, 48);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4), 100);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(8), 10);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(52), 200);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(56), 20);

        Assert.That(SwapProbe.SumPageFiles(table), Is.EqualTo((300L, 30L)));
        Assert.That(SwapProbe.SumPageFiles(table.AsSpan(0, 60)), Is.EqualTo((100L, 10L)));
        Assert.That(SwapProbe.SumPageFiles([]), Is.EqualTo((0L, 0L)));
    }

    private static long[] Numbers(string line) =>
        [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => long.TryParse(word, out _)).Select(long.Parse)];

    private static Point PointOf(string memInfo, string vmStat) =>
        SwapProbe.ToPoint(Encoding.ASCII.GetBytes(memInfo), Encoding.ASCII.GetBytes(vmStat));
}
