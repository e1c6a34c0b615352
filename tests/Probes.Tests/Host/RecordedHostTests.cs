using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Cpu;
using NocMonitor.Probes.Host.Disk;
using NocMonitor.Probes.Host.DiskIo;
using NocMonitor.Probes.Host.Kernel;
using NocMonitor.Probes.Host.Mem;
using NocMonitor.Probes.Host.Net;
using NocMonitor.Probes.Host.Processes;
using NocMonitor.Probes.Host.Swap;
using NocMonitor.Probes.Host.SystemLoad;
using NocMonitor.Probes.Tests.Host.Disk;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host;

/// <summary>
/// Machines as files: <c>recorded/NAME/start</c> is its /proc and /sys at one moment, <c>later</c> what is different 10 s on, <c>expected.lp</c> the points of the round
/// then. A new kernel or format is a new folder.
/// </summary>
[Platform("Linux")]
public class RecordedHostTests
{
    private static readonly string[] Folder = ["tests", "Probes.Tests", "Host", "recorded"];

    private readonly ManualTimeProvider _time = new();

    private static IEnumerable<string> Machines() => Directory.EnumerateDirectories(Repository.Locate(Folder)).Select(Path.GetFileName)!;

    [TestCaseSource(nameof(Machines))]
    public async Task A_recorded_machine_gives_the_points_that_were_expected(string machine)
    {
        using var host = new HostFiles().Lay(Tree(machine, "start"));
        IProbe[] probes = [.. Probes(host)];
        await RoundAsync(probes);
        host.Lay(Tree(machine, "later"));
        _time.Advance(TimeSpan.FromSeconds(9.5));

        var lines = (await RoundAsync(probes)).Select(point => point.ToString()).Order(StringComparer.Ordinal);

        GoldenFile.Verify(string.Concat(lines.Select(line => line + "\n")), [.. Folder, machine, "expected.lp"]);
        probes.OfType<IDisposable>().ToList().ForEach(probe => probe.Dispose());
    }

    [TestCaseSource(nameof(Machines))]
    public async Task A_file_cut_anywhere_costs_what_it_lacks_and_gives_no_wrong_counter(string machine)
    {
        using var host = new HostFiles().Lay(Tree(machine, "start"));
        foreach (var file in Directory.EnumerateFiles(host.Root.Path, "*", SearchOption.AllDirectories))
        {
            var whole = await File.ReadAllBytesAsync(file);
            IProbe[] probes = [.. Probes(host).Where(probe => probe is not CpuProbe)];
            var truth = await Task.WhenAll(probes.Select(OutcomeAsync));
            for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 80))
            {
                await File.WriteAllBytesAsync(file, whole[..length]);
                for (var i = 0; i < probes.Length; i++)
                {
                    Compare(await OutcomeAsync(probes[i]), truth[i], probes[i], $"{file} cut at {length}");
                }
            }

            await File.WriteAllBytesAsync(file, whole);
            probes.OfType<IDisposable>().ToList().ForEach(probe => probe.Dispose());
        }
    }

    private static void Compare(Outcome cut, Outcome whole, IProbe probe, string situation)
    {
        Assert.That(cut.Failure, Is.Null.Or.TypeOf<InvalidDataException>(), $"{probe.GetType().Name}: {situation}");
        if (probe is KernelProbe or SwapProbe or NetProbe)
        {
            // These only pass on what they read; others count or have something to fall back on.
            var right = whole.Points.SelectMany(point => point.Fields, (point, field) => (point.FindTag("interface"), field)).ToHashSet();
            var given = cut.Points.SelectMany(point => point.Fields, (point, field) => (point.FindTag("interface"), field));
            Assert.That(given.Where(field => !right.Contains(field)), Is.Empty, situation);
        }
    }

    private sealed record Outcome(IReadOnlyList<Point> Points, Exception? Failure);

    private static async Task<Outcome> OutcomeAsync(IProbe probe)
    {
        try
        {
            return new Outcome(await PointList.OfRoundAsync(probe), null);
        }
        catch (Exception exception)
        {
            return new Outcome([], exception);
        }
    }

    private async Task<IReadOnlyList<Point>> RoundAsync(IProbe[] probes)
    {
        var list = new PointList();
        foreach (var probe in probes)
        {
            await ProbeAsync(probe, list);
        }

        return list.All;
    }

    private async Task ProbeAsync(IProbe probe, PointList list)
    {
        var round = probe.ProbeAsync(list, CancellationToken.None).AsTask();
        if (probe is CpuProbe && !round.IsCompleted)
        {
            // The first round of cpu measures half a second of its own.
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        await round;
    }

    private IEnumerable<IProbe> Probes(HostFiles host)
    {
        var root = host.Root;
        yield return new DiskIoProbe(
            new DiskIoOptions { Devices = [], ExcludeDevices = DiskIoOptions.DefaultExcludedDevices, Partitions = false, Root = root }, _time);
        yield return new CpuProbe(
            new CpuOptions { PerCpu = true, Total = true, Times = false, FirstSample = TimeSpan.FromSeconds(0.5), Root = root }, _time);
        yield return new MemProbe(new MemOptions { Root = root });
        yield return new SwapProbe(new SwapOptions { Root = root });
        yield return new SystemProbe(new SystemOptions { Root = root });
        yield return new ProcessesProbe(new ProcessesOptions { Root = root });
        yield return new DiskProbe(
            SomeDisk.Options(root), _time, _ => new DiskSpace { Total = 1000, Free = 500, Available = 400, Inodes = 100, InodesFree = 30 });
        yield return new NetProbe(new NetOptions { Interfaces = [], ExcludeInterfaces = NetOptions.DefaultExcludedInterfaces, Root = root }, _time);
        yield return new KernelProbe(new KernelOptions { Root = root });
    }

    private static string Tree(string machine, string moment) => Repository.Locate([.. Folder, machine, moment]);
}
