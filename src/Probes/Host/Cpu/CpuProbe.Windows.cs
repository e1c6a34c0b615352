using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Cpu;

/// <summary>Windows: NtQuerySystemInformation, each processor group; what GetSystemTimes gives is the sum.</summary>
internal sealed partial class CpuProbe
{
    private const double WindowsTicksPerSecond = TimeSpan.TicksPerSecond;

    private SystemQuery? _query;

    /// <summary>SYSTEM_PROCESSOR_PERFORMANCE_INFORMATION: 100 ns units. Kernel time contains idle, DPC and interrupt time.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessorPerformance
    {
        public long Idle;
        public long Kernel;
        public long User;
        public long Dpc;
        public long Interrupt;
        public uint InterruptCount;
    }

    [SupportedOSPlatform("windows")]
    private void ReadWindows(CpuReading reading)
    {
        reading.Clear();
        _query ??= new SystemQuery(4096);
        var groups = GetActiveProcessorGroupCount();
        var cpu = 0;
        var total = default(CpuTimes);
        for (ushort group = 0; group < Math.Max(groups, (ushort)1); group++)
        {
            // One group is every machine of up to 64 CPUs; the plain call needs nothing newer than Windows NT.
            var bytes = _query.Read(SystemClass.ProcessorPerformance, groups > 1 ? group : null);
            foreach (ref readonly var processor in MemoryMarshal.Cast<byte, ProcessorPerformance>(bytes))
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

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial ushort GetActiveProcessorGroupCount();
}
