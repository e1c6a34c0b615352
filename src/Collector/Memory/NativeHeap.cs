using System.Runtime.InteropServices;

namespace NocMonitor.Collector.Memory;

/// <summary>The C library's heap, in which SQLite and the runtime work: freed pages stay with its arenas until somebody asks for them.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives whole free pages back to the system where the C library is glibc; others do so by themselves or cannot.</summary>
    public static void Trim()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library))
        {
            if (NativeLibrary.TryGetExport(library, "malloc_trim", out _))
            {
                _ = MallocTrim(0);
            }

            NativeLibrary.Free(library);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
