using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Cpu;

/// <summary>Windows: NtQuerySystemInformation, each processor group; what GetSystemTimes gives is the sum.</summary>
internal sealed partial class CpuProbe
{
    private const double WindowsTicksPerSecond = TimeSpan.TicksPerSecond;

    private SystemQuery? _query;

    [SupportedOSPlatform("windows")]
    private void ReadWindows(CpuReading reading)
    {
        reading.Clear();
        _query ??= new SystemQuery(4096);
        var cpu = 0;
        var total = default(CpuTimes);
        for (ushort group = 0; group < ProcessorGroups.Count; group++)
        {
            foreach (ref readonly var processor in ProcessorGroups.Read(_query, group))
            {
                var times = ToTimes(processor);
                reading.Set(cpu++, times);
                total = Add(total, times);
            }
        }

        reading.Total = total;
    }

    private static CpuTimes ToTimes(in ProcessorPerformance processor) => new()
    {
        User = (ulong)Math.Max(0, processor.User),
        Idle = (ulong)Math.Max(0, processor.Idle),
        System = (ulong)Math.Max(0, processor.Kernel - processor.Idle - processor.Dpc - processor.Interrupt),
        SoftIrq = (ulong)Math.Max(0, processor.Dpc),
        Irq = (ulong)Math.Max(0, processor.Interrupt),
    };

    private static CpuTimes Add(in CpuTimes left, in CpuTimes right) => new()
    {
        User = left.User + right.User,
        Idle = left.Idle + right.Idle,
        System = left.System + right.System,
        SoftIrq = left.SoftIrq + right.SoftIrq,
        Irq = left.Irq + right.Irq,
    };
}
