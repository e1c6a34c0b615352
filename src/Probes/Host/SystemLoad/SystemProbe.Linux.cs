using System.Runtime.Versioning;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>Linux: /proc/loadavg, /proc/uptime, the list of online CPUs, and utmp or the sessions of systemd-logind.</summary>
internal sealed partial class SystemProbe
{
    private const int LoadDecimals = 4;

    private readonly ProcFile _load = new(options.Root.Proc("loadavg"));
    private readonly ProcFile _upTime = new(options.Root.Proc("uptime"));
    private readonly ProcFile _onlineCpus = new(options.Root.Sys("devices/system/cpu/online"));
    private readonly string _utmp = options.Root.File("run/utmp");
    private readonly string _sessions = options.Root.File("run/systemd/sessions");

    public void Dispose()
    {
        _load.Dispose();
        _upTime.Dispose();
        _onlineCpus.Dispose();
    }

    [UnsupportedOSPlatform("windows")]
    private Point ReadProc()
    {
        if (!LoadAverage.TryParse(_load.Read(), out var load))
        {
            throw new InvalidDataException("/proc/loadavg does not start with three numbers");
        }

        // The runtime's own count respects affinity and cgroup limits; it stands in where sysfs is not to be seen.
        var cpus = _onlineCpus.TryRead(out var online) && CpuList.TryCount(online, out var count) ? count : Environment.ProcessorCount;
        var point = NewPoint(load, cpus);
        if (_upTime.TryRead(out var text) && TrySeconds(text, out var seconds))
        {
            point.Field("uptime", seconds);
        }

        AddUsers(point, CountUsers());
        return point;
    }

    private static Point NewPoint(LoadAverage load, long cpus) => new Point("system")
        .Field("load1", load.One)
        .Field("load5", load.Five)
        .Field("load15", load.Fifteen)
        .Field("load1_per_cpu", Math.Round(load.One / cpus, LoadDecimals))
        .Field("load5_per_cpu", Math.Round(load.Five / cpus, LoadDecimals))
        .Field("load15_per_cpu", Math.Round(load.Fifteen / cpus, LoadDecimals))
        .Field("n_cpus", cpus);

    private static bool TrySeconds(ReadOnlySpan<byte> upTime, out long seconds)
    {
        seconds = 0;
        var point = upTime.IndexOf((byte)'.');
        if (point <= 0 || !TextCursor.IsNumber(upTime[..point], out var whole) || whole > long.MaxValue)
        {
            return false;
        }

        seconds = (long)whole;
        return true;
    }

    [UnsupportedOSPlatform("windows")]
    private UserCount? CountUsers()
    {
        // Opened anew each round: login programs may replace the file rather than write into it.
        using var utmp = new ProcFile(_utmp);
        return utmp.TryRead(out var records) ? UserRecords.Count(records) : LoginSessions.Count(_sessions);
    }
}
