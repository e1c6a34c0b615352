using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Mem;

/// <summary>Windows: GlobalMemoryStatusEx.</summary>
internal sealed partial class MemProbe
{
    /// <summary>MEMORYSTATUSEX. The page file members are the commit limit and what is left of it, not the page file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong CommitLimit;
        public ulong CommitLeft;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }

    [SupportedOSPlatform("windows")]
    private static Point ReadWindows()
    {
        var status = new MemoryStatus { Length = (uint)Unsafe.SizeOf<MemoryStatus>() };
        if (!GlobalMemoryStatusEx(ref status))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        return NewPoint((long)status.TotalPhysical, (long)status.AvailablePhysical)
            .Field("commit_limit", (long)status.CommitLimit)
            .Field("committed_as", (long)(status.CommitLimit - Math.Min(status.CommitLeft, status.CommitLimit)));
    }

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus status);
}
