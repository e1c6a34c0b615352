using System.Runtime.Versioning;
using System.Text;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>Windows: the disk performance counters of each drive letter, which the first question switches on.</summary>
internal sealed partial class DiskIoProbe
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    [SupportedOSPlatform("windows")]
    private void ReadWindows(IPointSink points)
    {
        foreach (var drive in Volumes.FixedDrives())
        {
            var name = drive.TrimEnd('\\');
            var device = _known.Get(Encoding.UTF8.GetBytes(name));
            if (device.IsReported && DiskPerformance.TryRead(name, out var performance))
            {
                Report(points, device, ToCounters(performance), _time.GetTimestamp());
            }
        }
    }

    internal static DiskCounters ToCounters(in DiskPerformance performance) => new()
    {
        Reads = performance.ReadCount,
        Writes = performance.WriteCount,
        ReadBytes = (ulong)Math.Max(0, performance.BytesRead),
        WriteBytes = (ulong)Math.Max(0, performance.BytesWritten),
        ReadTime = (ulong)Math.Max(0, performance.ReadTime / TicksPerMillisecond),
        WriteTime = (ulong)Math.Max(0, performance.WriteTime / TicksPerMillisecond),
        IoTime = (ulong)Math.Max(0, (performance.QueryTime - performance.IdleTime) / TicksPerMillisecond),
        InProgress = performance.QueueDepth,
    };
}
