using System.Runtime.Versioning;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>
/// Windows has no load average. What stands for it is the processor queue: threads that are ready and have no CPU, counted in the same table from which the
/// performance counter of that name is made.
/// </summary>
internal sealed partial class SystemProbe
{
    private SystemQuery? _query;

    [SupportedOSPlatform("windows")]
    private Point ReadWindows()
    {
        _query ??= new SystemQuery(256 << 10);
        var point = new Point("system")
            .Field("processor_queue_length", CountQueued(_query.Read(SystemClass.Process)))
            .Field("n_cpus", (long)ProcessorGroups.Cpus)
            .Field("uptime", Environment.TickCount64 / 1000);
        AddUsers(point, TerminalSessions.Count());
        return point;
    }

    internal static long CountQueued(ReadOnlySpan<byte> table)
    {
        var processes = new ProcessTable(table);
        var queued = 0L;
        while (processes.MoveNext())
        {
            foreach (ref readonly var thread in processes.Threads)
            {
                queued += thread.IsQueued ? 1 : 0;
            }
        }

        return queued;
    }
}
