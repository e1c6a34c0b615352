using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Cpu;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host.Cpu;

[Platform("Linux")]
public class CpuProbeTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task Percentages_are_those_of_the_time_between_two_rounds()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n");
        using var probe = Probe(host.Root);
        await FirstRoundAsync(probe, () => { });
        host.Write("proc/stat", "cpu  300 50 100 400 60 20 30 40 100 10\ncpu0 300 50 100 400 60 20 30 40 100 10\n");

        var points = await PointList.OfRoundAsync(probe);

        const string expected = "usage_user=20,usage_system=10,usage_idle=40,usage_active=60,usage_irq=2,usage_softirq=3,usage_nice=4,usage_iowait=6,usage_steal=4,usage_guest=10,usage_guest_nice=1";
        Assert.That(points.Select(point => point.ToString()), Is.EqualTo(new[] { $"cpu,cpu=cpu0 {expected}", $"cpu,cpu=cpu-total {expected}" }));
    }

    [Test]
    public async Task The_first_round_measures_a_short_time_of_its_own()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  1000 0 0 1000\n");
        using var probe = Probe(host.Root);

        var points = await FirstRoundAsync(probe, () => host.Write("proc/stat", "cpu  1010 0 0 1030\n"));

        Assert.That(points.Single().FindField("usage_user"), Is.EqualTo(FieldValue.Of(25.0)));
    }

    [Test]
    public async Task A_cpu_that_comes_online_is_reported_from_its_second_round_on()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  10 0 0 10\ncpu0 10 0 0 10\n");
        using var probe = Probe(host.Root);
        await FirstRoundAsync(probe, () => { });

        host.Write("proc/stat", "cpu  20 0 0 20\ncpu0 20 0 0 20\ncpu1 5 0 0 5\n");
        var second = await PointList.OfRoundAsync(probe);
        host.Write("proc/stat", "cpu  30 0 0 30\ncpu0 30 0 0 30\ncpu1 6 0 0 8\n");
        var third = await PointList.OfRoundAsync(probe);

        Assert.That(second.Select(point => point.FindTag("cpu")), Is.EqualTo(new[] { "cpu0", "cpu-total" }));
        Assert.That(third.Select(point => point.FindTag("cpu")), Is.EqualTo(new[] { "cpu0", "cpu1", "cpu-total" }));
    }

    [Test]
    public async Task Counters_that_start_anew_give_no_percentages_in_that_round()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  5000 0 0 9000\n");
        using var probe = Probe(host.Root);
        await FirstRoundAsync(probe, () => { });

        host.Write("proc/stat", "cpu  3 0 0 2\n");
        var reset = await PointList.OfRoundAsync(probe);
        host.Write("proc/stat", "cpu  4 0 0 5\n");
        var after = await PointList.OfRoundAsync(probe);

        Assert.That(reset, Is.Empty);
        Assert.That(after.Single().FindField("usage_idle"), Is.EqualTo(FieldValue.Of(75.0)));
    }

    [Test]
    public async Task An_iowait_that_steps_back_counts_as_none()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  100 0 0 100 50\n");
        using var probe = Probe(host.Root);
        await FirstRoundAsync(probe, () => { });
        host.Write("proc/stat", "cpu  110 0 0 130 49\n");

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That((point.FindField("usage_iowait")?.Float, point.FindField("usage_idle")?.Float), Is.EqualTo(((double?)0, (double?)75)));
    }

    [Test]
    public async Task Times_since_boot_come_in_seconds_when_asked_for()
    {
        using var host = new HostFiles().Write("proc/stat", "cpu  150 0 0 250\n");
        using var probe = new CpuProbe(Some(host.Root) with { Times = true }, _time);

        var point = (await FirstRoundAsync(probe, () => { })).Single();

        Assert.That((point.FindField("time_user")?.Float, point.FindField("time_active")?.Float), Is.EqualTo(((double?)1.5, (double?)1.5)));
    }

    [Test]
    public void A_stat_file_without_cpu_lines_fails_the_round()
    {
        using var host = new HostFiles().Write("proc/stat", "intr 5\n");
        using var probe = Probe(host.Root);

        Assert.That(async () => await PointList.OfRoundAsync(probe), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task The_live_kernel_gives_percentages_that_add_up()
    {
        using var probe = Probe(new HostRoot(HostRoot.Default));

        var points = await FirstRoundOfLiveKernelAsync(probe);

        var total = points.Single(point => point.FindTag("cpu") == "cpu-total");
        var active = total.FindField("usage_active")!.Value.Float;
        Assert.That(active + total.FindField("usage_idle")!.Value.Float, Is.EqualTo(100).Within(0.02));
        Assert.That(active, Is.InRange(0, 100));
        Assert.That(points, Has.Count.GreaterThan(1));
    }

    private async Task<IReadOnlyList<Point>> FirstRoundOfLiveKernelAsync(CpuProbe probe) =>
        await FirstRoundAsync(probe, () => SpinUntilTicksPass());

    // The kernel counts in ticks of 10 ms: work until it has counted a few, however slow this machine is.
    private static void SpinUntilTicksPass()
    {
        var before = File.ReadLines("/proc/stat").First();
        for (var changes = 0; changes < 20;)
        {
            var now = File.ReadLines("/proc/stat").First();
            changes += now == before ? 0 : 1;
            before = now;
        }
    }

    private async Task<IReadOnlyList<Point>> FirstRoundAsync(CpuProbe probe, Action between)
    {
        var round = PointList.OfRoundAsync(probe);
        await _time.TimerSetAsync();
        between();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return await round;
    }

    private CpuProbe Probe(HostRoot root) => new(Some(root), _time);

    private static CpuOptions Some(HostRoot root) =>
        new() { PerCpu = true, Total = true, Times = false, FirstSample = TimeSpan.FromMilliseconds(500), Root = root };
}
