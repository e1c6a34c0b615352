using System.Globalization;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Mem;

namespace NocMonitor.Probes.Tests.Host.Mem;

[Platform("Linux")]
public class MemProbeTests
{
    [Test]
    public void Used_is_what_is_not_available()
    {
        var point = PointOf("MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nBuffers: 10 kB\nCached: 250 kB\nSReclaimable: 50 kB\n");

        Assert.That(point.ToString(), Is.EqualTo(
            "mem total=1024000i,available=409600i,used=614400i,used_percent=60,available_percent=40,"
            + "free=102400i,buffered=10240i,cached=307200i,sreclaimable=51200i"));
    }

    [Test]
    public void A_kernel_without_an_estimate_of_available_memory_counts_free_and_caches()
    {
        var point = PointOf("MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 10 kB\nCached: 250 kB\nSReclaimable: 40 kB\n");

        Assert.That(point.FindField("available"), Is.EqualTo(FieldValue.Of(400L * 1024)));
    }

    [Test]
    public void Huge_pages_are_counted_in_pages_and_their_size_in_bytes()
    {
        var point = PointOf("MemTotal: 1000 kB\nMemFree: 100 kB\nHugePages_Total: 16\nHugePages_Free: 4\nHugepagesize: 2048 kB\n");

        Assert.That(
            (point.FindField("huge_pages_total")?.Integer, point.FindField("huge_pages_free")?.Integer, point.FindField("huge_page_size")?.Integer),
            Is.EqualTo(((long?)16, (long?)4, (long?)2097152)));
    }

    [TestCase("MemTotal: x kB\nMemFree: 1 kB\n")]
    [TestCase("MemFree: 1 kB\n")]
    [TestCase("MemTotal: 1 kB")]
    [TestCase("")]
    public void A_file_without_total_and_free_memory_fails_the_round(string text) =>
        Assert.That(() => PointOf(text), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void A_number_too_large_for_a_field_stays_at_the_largest()
    {
        var point = PointOf("MemTotal: 1000 kB\nMemFree: 100 kB\nVmallocTotal: 18446744073709551615 kB\n");

        Assert.That(point.FindField("vmalloc_total")?.Integer, Is.EqualTo(long.MaxValue / 1024 * 1024));
    }

    [Test]
    public async Task The_live_kernel_agrees_with_what_the_runtime_sees()
    {
        using var probe = new MemProbe(new MemOptions { Root = new HostRoot(HostRoot.Default) });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        var total = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.That(point.FindField("total")?.Integer, Is.EqualTo(total * 1024));
        Assert.That(point.FindField("available")?.Integer, Is.InRange(1, total * 1024));
        Assert.That(point.FindField("used_percent")?.Float + point.FindField("available_percent")?.Float, Is.EqualTo(100).Within(0.02));
    }

    private static Point PointOf(string text)
    {
        var info = new MemInfo();
        info.Parse(Encoding.ASCII.GetBytes(text));
        return MemProbe.ToPoint(info);
    }
}
