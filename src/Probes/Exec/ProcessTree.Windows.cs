using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Probes.Exec;

internal sealed partial class ProcessTree
{
    private SafeFileHandle? _job;

    /// <summary>A process belongs to its parent's job from its start; what the program started before this call is found as its child.</summary>
    [SupportedOSPlatform("windows")]
    private void OwnOnWindows(Process process)
    {
        var job = CreateJobObjectW(0, null);
        if (!job.IsInvalid && AssignProcessToJobObject(job, process.SafeHandle))
        {
            _job = job;
        }
        else
        {
            job.Dispose();
        }
    }

    [SupportedOSPlatform("windows")]
    private void KillJob()
    {
        if (_job is { } job)
        {
            TerminateJobObject(job, 1);
        }
    }

    [SupportedOSPlatform("windows")]
    private void CloseJob() => _job?.Dispose();

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static partial SafeFileHandle CreateJobObjectW(nint attributes, string? name);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool TerminateJobObject(SafeFileHandle job, uint exitCode);
}
