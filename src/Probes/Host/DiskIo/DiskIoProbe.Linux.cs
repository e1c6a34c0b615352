using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>Linux: /proc/diskstats.</summary>
internal sealed partial class DiskIoProbe
{
    private readonly ProcFile _diskStats;

    public void Dispose() => _diskStats.Dispose();

    [UnsupportedOSPlatform("windows")]
    private void ReadProc(IPointSink points)
    {
        var lines = new TextCursor(_diskStats.Read());
        var timestamp = _time.GetTimestamp();
        while (lines.TryLine(out var line))
        {
            // An empty card reader, an unused zram: not a disk before its first request.
            if (DiskStatsParser.TryParse(line, out var name, out var counters) && counters.Reads + counters.Writes > 0
                && _known.Get(name) is { IsReported: true } device)
            {
                Report(points, device, counters, timestamp);
            }
        }
    }

    /// <summary>Partitions have no folder of their own in /sys/block. Where sysfs is not to be seen, everything is a disk.</summary>
    private bool IsWholeDisk(string name)
    {
        var blocks = _options.Root.Sys("block");
        return !Directory.Exists(blocks) || Directory.Exists(Path.Combine(blocks, name.Replace('/', '!')));
    }
}
