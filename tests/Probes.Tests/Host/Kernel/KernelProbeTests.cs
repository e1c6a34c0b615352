using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Kernel;

namespace NocMonitor.Probes.Tests.Host.Kernel;

public class KernelProbeTests
{
    [Test]
    public void Counters_come_from_stat_and_vmstat()
    {
        var point = PointOf("cpu  1 2 3 4\nintr 600 1 2 3\nctxt 700\nbtime 1795349357\nprocesses 800\nprocs_running 2\n", "oom_kill 5\n", "256\n");

        Assert.That(point.ToString(), Is.EqualTo(
            "kernel boot_time=1795349357i,context_switches=700i,interrupts=600i,processes_forked=800i,oom_kill=5i,entropy_avail=256i"));
    }

    [Test]
    public void What_an_old_kernel_does_not_count_is_left_out()
    {
        var point = PointOf("ctxt 700\n", "pswpin 0\n", "");

        Assert.That(point.ToString(), Is.EqualTo("kernel context_switches=700i"));
    }

    [Test]
    public void A_counter_cut_in_the_middle_is_left_out()
    {
        var point = PointOf("ctxt 700\nprocesses 80", "", "25");

        Assert.That(point.FindField("processes_forked"), Is.Null);
    }

    [Test]
    [Platform("Linux")]
    public async Task The_live_kernels_counters_only_grow()
    {
        using var probe = new KernelProbe(new KernelOptions { Root = new HostRoot(HostRoot.Default) });

        var first = (await PointList.OfRoundAsync(probe)).Single();
        var second = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(first.Number("context_switches"), Is.GreaterThan(0));
        foreach (var field in new[] { "context_switches", "interrupts", "processes_forked" })
        {
            Assert.That(second.Number(field), Is.GreaterThanOrEqualTo(first.Number(field)), field);
        }
    }

    private static Point PointOf(string stat, string vmStat, string entropy) =>
        KernelProbe.ToPoint(Encoding.ASCII.GetBytes(stat), Encoding.ASCII.GetBytes(vmStat), Encoding.ASCII.GetBytes(entropy));
}
