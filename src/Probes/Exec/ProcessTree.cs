using System.ComponentModel;
using System.Diagnostics;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// A started program with everything it starts in its turn, to be killed as one. Parents and children alone do not find it all: a child whose parent
/// has ended belongs to process 1. So on Linux the program's environment carries a mark that its descendants inherit, whatever session or group they
/// move to, and on Windows a job object holds them. Used by one run.
/// </summary>
internal sealed partial class ProcessTree : IDisposable
{
    private const string MarkVariable = "NOCMONITOR_RUN";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Mark(IDictionary<string, string?> environment) => environment[MarkVariable] = _mark;

    /// <summary>To be called right after the start.</summary>
    public void Own(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            OwnOnWindows(process);
        }
    }

    public void Kill(Process process)
    {
        var complete = TryKillChildren(process);
        if (OperatingSystem.IsLinux())
        {
            KillMarked();
        }
        else if (OperatingSystem.IsWindows())
        {
            KillJob();
        }
        else if (!complete)
        {
            TryKillChildren(process);
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            CloseJob();
        }
    }

    private static bool TryKillChildren(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Some of them ended meanwhile, or changed to a user we cannot kill.
            return false;
        }
    }
}
