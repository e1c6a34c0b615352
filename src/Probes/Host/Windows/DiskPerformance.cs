using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>DISK_PERFORMANCE; times in units of 100 ns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe partial struct DiskPerformance
{
    private const uint IoctlDiskPerformance = 0x70020;
    private const uint ShareReadWrite = 3;
    private const uint OpenExisting = 3;

    public long BytesRead;
    public long BytesWritten;
    public long ReadTime;
    public long WriteTime;
    public long IdleTime;
    public uint ReadCount;
    public uint WriteCount;
    public uint QueueDepth;
    public uint SplitCount;
    public long QueryTime;
    public uint StorageDeviceNumber;
    private fixed char _storageManagerName[8];

    /// <summary>The counters of a drive such as <c>C:</c>; false when it keeps none. Needs no rights: the drive is opened for its attributes only.</summary>
    [SupportedOSPlatform("windows")]
    public static bool TryRead(string drive, out DiskPerformance performance)
    {
        performance = default;
        using var handle = CreateFileW($@"\\.\{drive}", 0, ShareReadWrite, 0, OpenExisting, 0, 0);
        return !handle.IsInvalid
            && DeviceIoControl(handle, IoctlDiskPerformance, 0, 0, out performance, (uint)Unsafe.SizeOf<DiskPerformance>(), out _, 0);
    }

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateFileW(
        string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeviceIoControl(
        SafeFileHandle device, uint code, nint input, uint inputLength, out DiskPerformance output, uint outputLength, out uint written, nint overlapped);
}
