using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>SYSTEM_PROCESSOR_PERFORMANCE_INFORMATION: 100 ns units. Kernel time contains idle, DPC and interrupt time.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProcessorPerformance
{
    public long Idle;
    public long Kernel;
    public long User;
    public long Dpc;
    public long Interrupt;
    public uint InterruptCount;
}

/// <summary>The CPUs of the machine by processor group: one group up to 64 CPUs, several above.</summary>
[SupportedOSPlatform("windows")]
internal static partial class ProcessorGroups
{
    private const ushort AllGroups = 0xffff;

    public static int Count => Math.Max((ushort)1, GetActiveProcessorGroupCount());

    public static int Cpus => (int)GetActiveProcessorCount(AllGroups);

    /// <summary>The CPUs of one group; valid until the query's next read. The plain call of a single group works on every Windows.</summary>
    public static ReadOnlySpan<ProcessorPerformance> Read(SystemQuery query, ushort group) =>
        MemoryMarshal.Cast<byte, ProcessorPerformance>(query.Read(SystemClass.ProcessorPerformance, Count > 1 ? group : null));

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial ushort GetActiveProcessorGroupCount();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetActiveProcessorCount(ushort group);
}
