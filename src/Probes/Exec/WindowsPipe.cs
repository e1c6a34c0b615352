using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Probes.Exec;

/// <summary>The one call that ends a blocking read of another thread.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsPipe
{
    public static void CancelReads(SafeFileHandle pipe)
    {
        if (!pipe.IsClosed)
        {
            CancelIoEx(pipe, 0);
        }
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CancelIoEx(SafeFileHandle file, nint overlapped);
}
