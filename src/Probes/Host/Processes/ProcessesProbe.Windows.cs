using System.Runtime.Versioning;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Processes;

/// <summary>Windows: the process table of NtQuerySystemInformation. A process is what its threads are.</summary>
internal sealed partial class ProcessesProbe
{
    private SystemQuery? _query;

    [SupportedOSPlatform("windows")]
    private Point ReadWindows()
    {
        _query ??= new SystemQuery(256 << 10);
        return ToPoint(_query.Read(SystemClass.Process));
    }

    internal static Point ToPoint(ReadOnlySpan<byte> table)
    {
        var processes = new ProcessTable(table);
        var (running, stopped, total, allThreads) = (0L, 0L, 0L, 0L);
        while (processes.MoveNext())
        {
            // Process 0 is not one: its threads are the idle loops of the CPUs.
            if (processes.ProcessId == 0)
            {
                continue;
            }

            total++;
            allThreads += processes.Threads.Length;
            running += IsRunning(processes.Threads) ? 1 : 0;
            stopped += IsStopped(processes.Threads) ? 1 : 0;
        }

        return new Point("processes")
            .Field("running", running)
            .Field("sleeping", total - running - stopped)
            .Field("stopped", stopped)
            .Field("total", total)
            .Field("total_threads", allThreads);
    }

    private static bool IsRunning(ReadOnlySpan<ThreadEntry> threads)
    {
        foreach (ref readonly var thread in threads)
        {
            if (thread.IsRunning || thread.IsQueued)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStopped(ReadOnlySpan<ThreadEntry> threads)
    {
        foreach (ref readonly var thread in threads)
        {
            if (!thread.IsSuspended)
            {
                return false;
            }
        }

        return threads.Length > 0;
    }
}
