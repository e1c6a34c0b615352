using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Probes.Host.Linux;

/// <summary>The few calls of the C library for which the runtime has no way, or one that costs several times as much.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class LibC
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>
    /// Reads the start of a small file of /proc, as much as fits; the path ends with a zero byte. -1 when it cannot be opened or read. Three system calls
    /// and no allocation: it is called for each process of the machine.
    /// </summary>
    public static int ReadStart(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        fixed (byte* name = path, target = buffer)
        {
            var file = open(name, ReadOnlyCloseOnExec);
            if (file < 0)
            {
                return -1;
            }

            var count = read(file, target, (nuint)buffer.Length);
            _ = close(file);
            return (int)count;
        }
    }

    /// <summary>Opens a file for reading; null with the error number when it cannot be.</summary>
    public static SafeFileHandle? Open(ReadOnlySpan<byte> path, out int error)
    {
        fixed (byte* name = path)
        {
            var file = open(name, ReadOnlyCloseOnExec);
            error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
            return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
        }
    }

    /// <summary>Reads from an offset; -1 with the error number when it cannot.</summary>
    public static int ReadAt(SafeFileHandle file, Span<byte> buffer, long offset, out int error)
    {
        fixed (byte* target = buffer)
        {
            var count = pread(file, target, (nuint)buffer.Length, offset);
            error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return (int)count;
        }
    }

    /// <summary>What statvfs(3) says of the file system that holds a path, which ends with a zero byte. 0, or the error number.</summary>
    public static int ReadFileSystem(ReadOnlySpan<byte> path, out FileSystemStatus status)
    {
        fixed (byte* name = path)
        {
            return statvfs(name, out status) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint pread(SafeFileHandle file, byte* buffer, nuint count, long offset);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint read(int file, byte* buffer, nuint count);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int file);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statvfs(byte* path, out FileSystemStatus status);
}
