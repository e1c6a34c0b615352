using System.Runtime.InteropServices;

namespace NocMonitor.Collector.Memory;

/// <summary>The pages of program files that this process has touched. They stay mapped for ever, though most were needed by the start alone.</summary>
internal static partial class ProgramPages
{
    // asm-generic/mman-common.h.
    private const int DontNeed = 4;

    /// <summary>
    /// Unmaps them. What is used again comes back from the page cache with its next use, a microsecond for sixteen pages. Program files are never unloaded, so no address changes its meaning
    /// between the look and the advice. Does nothing where there is no <c>/proc</c>.
    /// </summary>
    public static void Return()
    {
        if (OperatingSystem.IsLinux() && File.Exists("/proc/self/smaps"))
        {
            foreach (var code in MappedCode.Among(File.ReadLines("/proc/self/smaps")))
            {
                // Advice only: refusing it costs nothing.
                _ = Advise((nuint)code.Start, (nuint)(code.End - code.Start), DontNeed);
            }
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
