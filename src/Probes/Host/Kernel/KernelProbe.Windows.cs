using System.Buffers.Binary;
using System.Runtime.Versioning;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Kernel;

/// <summary>Windows: NtQuerySystemInformation. Forks and OOM kills do not exist there.</summary>
internal sealed partial class KernelProbe
{
    private const int TimeOfDayBytes = 48;

    private SystemQuery? _query;
    private Counter32 _contextSwitches;
    private Counter32 _interrupts;

    [SupportedOSPlatform("windows")]
    private Point ReadWindows()
    {
        _query ??= new SystemQuery(4096);
        var point = new Point("kernel");
        if (BinaryPrimitives.TryReadInt64LittleEndian(_query.ReadFixed(SystemClass.TimeOfDay, TimeOfDayBytes), out var bootFileTime) && bootFileTime > 0)
        {
            point.Field("boot_time", DateTimeOffset.FromFileTime(bootFileTime).ToUnixTimeSeconds());
        }

        return point
            .Field("context_switches", _contextSwitches.Advance(new SystemPerformance(_query.Read(SystemClass.Performance)).ContextSwitches))
            .Field("interrupts", _interrupts.Advance(SumInterrupts(_query)));
    }

    [SupportedOSPlatform("windows")]
    private static uint SumInterrupts(SystemQuery query)
    {
        var sum = 0u;
        for (ushort group = 0; group < ProcessorGroups.Count; group++)
        {
            foreach (ref readonly var processor in ProcessorGroups.Read(query, group))
            {
                sum = unchecked(sum + processor.InterruptCount);
            }
        }

        return sum;
    }
}
