using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Disk;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>The volumes of the machine and what they say of themselves.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Volumes
{
    private const uint FixedDrive = 3;
    private const uint RemoteDrive = 4;
    private const uint CdRomDrive = 5;
    private const uint ReadOnlyVolume = 0x80000;
    private const int LongestVolumeName = 64;
    private const int UsualPathList = 512;
    private const int LongestType = 261;

    /// <summary>Every letter and folder at which a disk volume or a network drive is mounted, each ended by a backslash.</summary>
    public static List<string> MountPaths()
    {
        var paths = new List<string>();
        Span<char> volume = stackalloc char[LongestVolumeName];
        var search = FindFirstVolumeW(volume, (uint)volume.Length);
        if (search == -1)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "the volumes cannot be listed");
        }

        try
        {
            do
            {
                AddPathsOf(volume, paths);
            }
            while (FindNextVolumeW(search, volume, (uint)volume.Length));
        }
        finally
        {
            FindVolumeClose(search);
        }

        paths.AddRange(Directory.GetLogicalDrives().Where(drive => GetDriveTypeW(drive) == RemoteDrive));
        return paths;
    }

    /// <summary>The letters of disks that do not come and go, each as <c>C:\</c>.</summary>
    public static IEnumerable<string> FixedDrives() => Directory.GetLogicalDrives().Where(static drive => GetDriveTypeW(drive) == FixedDrive);

    /// <summary>File system and read-only flag; null with the last error set when the volume does not say.</summary>
    public static VolumeFacts? Describe(string path)
    {
        Span<char> type = stackalloc char[LongestType];
        if (!GetVolumeInformationW(path, 0, 0, 0, 0, out var flags, type, (uint)type.Length))
        {
            return null;
        }

        return new VolumeFacts(Text(type), (flags & ReadOnlyVolume) != 0);
    }

    public static bool TryGetSpace(string path, out DiskSpace space)
    {
        if (!GetDiskFreeSpaceExW(path, out var available, out var total, out var free))
        {
            space = default;
            return false;
        }

        space = new DiskSpace { Total = total, Free = free, Available = available };
        return true;
    }

    private static void AddPathsOf(ReadOnlySpan<char> volume, List<string> paths)
    {
        var name = Text(volume);
        if (GetDriveTypeW(name) == CdRomDrive)
        {
            return;
        }

        var list = new char[UsualPathList];
        var found = GetVolumePathNamesForVolumeNameW(name, list, (uint)list.Length, out var needed);
        if (!found && needed > list.Length)
        {
            list = new char[needed];
            found = GetVolumePathNamesForVolumeNameW(name, list, needed, out _);
        }

        if (found)
        {
            // Paths one after the other, each ended by a zero, and an empty one at the end.
            paths.AddRange(new string(list).Split('\0', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static string Text(ReadOnlySpan<char> zeroEnded)
    {
        var end = zeroEnded.IndexOf('\0');
        return new string(end < 0 ? zeroEnded : zeroEnded[..end]);
    }

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint FindFirstVolumeW(Span<char> name, uint length);

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FindNextVolumeW(nint search, Span<char> name, uint length);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FindVolumeClose(nint search);

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetVolumePathNamesForVolumeNameW(string volume, Span<char> paths, uint length, out uint needed);

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetDriveTypeW(string path);

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetVolumeInformationW(
        string path, nint label, uint labelLength, nint serial, nint longestName, out uint flags, Span<char> type, uint typeLength);

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetDiskFreeSpaceExW(string path, out ulong available, out ulong total, out ulong free);
}
