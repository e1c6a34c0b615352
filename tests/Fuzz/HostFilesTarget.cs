using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Cpu;
using NocMonitor.Probes.Host.Disk;
using NocMonitor.Probes.Host.DiskIo;
using NocMonitor.Probes.Host.Kernel;
using NocMonitor.Probes.Host.Mem;
using NocMonitor.Probes.Host.Net;
using NocMonitor.Probes.Host.Processes;
using NocMonitor.Probes.Host.Swap;
using NocMonitor.Probes.Host.SystemLoad;

namespace NocMonitor.Fuzz;

/// <summary>What a kernel, or a file system that claims to be one, can write into the files and tables that host probes read; each input goes through every parser.</summary>
internal static class HostFilesTarget
{
    private static readonly MountFilter Everything = new(new DiskOptions
    {
        Paths = [],
        ExcludePaths = [],
        Types = ["*"],
        ExcludeTypes = [],
        BindMounts = false,
        Timeout = TimeSpan.FromSeconds(1),
        Root = new HostRoot(HostRoot.Default),
    });

    public static void Run(ReadOnlySpan<byte> input)
    {
        RunTables(input);
        RunLines(input);
        RunMounts(input);
        RunUsers(input);
        ProcessesProbe.ToPoint(input);
        SystemProbe.CountQueued(input);
        SwapProbe.SumPageFiles(input);
    }

    private static void RunTables(ReadOnlySpan<byte> input)
    {
        var cpus = new CpuReading();
        CpuTimesParser.Parse(input, cpus);
        Require(cpus.Count is >= 0 and <= 8192, "more CPUs than there can be");
        var memory = new MemInfo();
        memory.Parse(input);
        Require(MemLine.All.All(line => memory[line] is null or >= 0), "a negative amount of memory");
        Tolerate(input, static text => MemProbe.ToPoint(Parsed(text)));
        Tolerate(input, static text => SwapProbe.ToPoint(text, text));
        Require(KernelProbe.ToPoint(input, input, input).Fields.All(field => field.Value.Integer >= 0), "a negative counter");
    }

    private static void RunLines(ReadOnlySpan<byte> input)
    {
        var lines = new TextCursor(input);
        while (lines.TryLine(out var line))
        {
            Require(!DiskStatsParser.TryParse(line, out var disk, out var counters) || (disk.Length > 0 && IsSound(counters)), "a disk without a name, or with odd figures");
            Require(!NetDevParser.TryParse(line, out var link, out _) || link.Length > 0, "an interface without a name");
        }

        Require(!ProcessStat.TryParse(input, out var process) || process.Threads >= 0, "a process with fewer threads than none");
        Require(!LoadAverage.TryParse(input, out var load) || double.IsFinite(load.One + load.Five + load.Fifteen), "a load without end");
        Require(!CpuList.TryCount(input, out var count) || count > 0, "a list of no CPUs");
    }

    private static bool IsSound(in DiskCounters counters) =>
        DiskLoad.Between(default, counters, TimeSpan.FromSeconds(10)) is { Utilization: >= 0 and <= 100 } load && double.IsFinite(load.Await);

    private static void RunMounts(ReadOnlySpan<byte> input)
    {
        var mounts = MountInfoParser.Parse(input);
        var chosen = MountTable.Choose(mounts, Everything, bindMounts: false);
        Require(chosen.All(mount => mounts.Contains(mount) && mount.RawPath is [not 0, .., 0]), "a mount that was not in the table, or has no path");
    }

    private static void RunUsers(ReadOnlySpan<byte> input)
    {
        var users = UserRecords.Count(input, 384);
        Require(users.Names >= 0 && users.Names <= users.Sessions && users.Sessions <= input.Length / 384, "more users than records");
        LoginSessions.TryUser(input, out _);
    }

    private static MemInfo Parsed(ReadOnlySpan<byte> text)
    {
        var memory = new MemInfo();
        memory.Parse(text);
        return memory;
    }

    private delegate object Reading(ReadOnlySpan<byte> text);

    private static void Tolerate(ReadOnlySpan<byte> input, Reading read)
    {
        try
        {
            read(input);
        }
        catch (InvalidDataException refused)
        {
            Require(refused.Message.Length > 0, "refused without a reason");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
