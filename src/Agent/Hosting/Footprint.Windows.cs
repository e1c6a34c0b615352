using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Agent.Hosting;

internal sealed partial class Footprint
{
    /// <summary>What is still used comes back with a soft fault.</summary>
    [SupportedOSPlatform("windows")]
    private static void EmptyWorkingSet() => K32EmptyWorkingSet(GetCurrentProcess());

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool K32EmptyWorkingSet(nint process);

    [LibraryImport("kernel32.dll")]
    private static partial nint GetCurrentProcess();
}
