using System.Runtime.InteropServices;

namespace NocMonitor.Probes.Host.Linux;

/// <summary>struct statvfs of 64-bit Linux, glibc and musl alike; the tail that they lay out differently is only reserved space here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileSystemStatus
{
    public ulong BlockSize;

    /// <summary>The unit of the block counts.</summary>
    public ulong FragmentSize;

    public ulong Blocks;
    public ulong BlocksFree;

    /// <summary>Blocks free for an ordinary user.</summary>
    public ulong BlocksAvailable;

    public ulong Files;
    public ulong FilesFree;
    public ulong FilesAvailable;
    public ulong FileSystemId;
    public ulong Flags;
    public ulong LongestName;

    private readonly ulong _reserved1;
    private readonly ulong _reserved2;
    private readonly ulong _reserved3;
    private readonly ulong _reserved4;
}
