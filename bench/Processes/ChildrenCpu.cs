using System.Runtime.InteropServices;

namespace NocMonitor.Bench.Processes;

/// <summary>What the kernel charged for children of this process that have ended.</summary>
internal static partial class ChildrenCpu
{
    private const int Children = -1;

    public static unsafe double Milliseconds
    {
        get
        {
            // struct rusage starts with the two struct timeval, user and system; on 64-bit Linux it is 144 bytes long.
            var usage = stackalloc long[18];
            _ = GetResourceUsage(Children, usage);
            return ((usage[0] + usage[2]) * 1000.0) + ((usage[1] + usage[3]) / 1000.0);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetResourceUsage(int who, long* usage);
}
