using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NocMonitor.Probes.Services;

/// <summary>State of a Windows service, SERVICE_STATUS_PROCESS.</summary>
internal readonly record struct WindowsServiceStatus(string Name, string DisplayName, int State, int ExitCode, int ProcessId);

/// <summary>How a Windows service is set to start. Null where we may not look.</summary>
internal readonly record struct WindowsServiceStart(int? Mode, bool IsDelayed, bool HasTriggers);

/// <summary>The service control manager through its own calls. Every call opens and closes what it needs.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class ServiceControlManager
{
    private const uint EnumerateService = 0x4;
    private const uint QueryConfig = 0x1;
    private const uint Win32Services = 0x30;
    private const uint AllStates = 0x3;
    private const int MoreData = 234;
    private const int InsufficientBuffer = 122;
    private const int DelayedAutoStart = 3;
    private const int TriggerInfo = 8;
    private const int LargestList = 256 << 10;

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public char* Name;
        public char* DisplayName;
        public int Type;
        public int State;
        public int Controls;
        public int ExitCode;
        public int SpecificExitCode;
        public int CheckPoint;
        public int WaitHint;
        public int ProcessId;
        public int Flags;
    }

    /// <summary>All services that run programs; drivers are none. Throws when the manager cannot be asked.</summary>
    public static List<WindowsServiceStatus> List()
    {
        using var manager = OpenSCManagerW(null, null, EnumerateService);
        if (manager.IsInvalid)
        {
            throw new Win32Exception();
        }

        var services = new List<WindowsServiceStatus>();
        var buffer = new byte[LargestList];
        var resume = 0u;
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var done = EnumServicesStatusExW(manager, 0, Win32Services, AllStates, start, (uint)buffer.Length, out _, out var count, ref resume, null);
                if (!done && Marshal.GetLastPInvokeError() != MoreData)
                {
                    throw new Win32Exception();
                }

                foreach (ref readonly var entry in new ReadOnlySpan<Entry>(start, (int)count))
                {
                    services.Add(new WindowsServiceStatus(new string(entry.Name), new string(entry.DisplayName), entry.State, entry.ExitCode, entry.ProcessId));
                }

                if (done || count == 0)
                {
                    return services;
                }
            }
        }
    }

    /// <summary>Process ids of the services that run, by service name.</summary>
    public static Dictionary<string, int> ProcessIds() => List().Where(service => service.ProcessId != 0)
        .ToDictionary(service => service.Name, service => service.ProcessId, StringComparer.OrdinalIgnoreCase);

    public static WindowsServiceStart ReadStart(string name)
    {
        using var manager = OpenSCManagerW(null, null, EnumerateService);
        using var service = OpenServiceW(manager, name, QueryConfig);
        if (service.IsInvalid)
        {
            return default;
        }

        // QUERY_SERVICE_CONFIGW, of at most 8 KiB: the type of the start is its second number.
        var buffer = new byte[8 << 10];
        int? mode = QueryServiceConfigW(service, buffer, (uint)buffer.Length, out _) ? BitConverter.ToInt32(buffer, sizeof(int)) : null;
        return new WindowsServiceStart(mode, ReadNumber(service, DelayedAutoStart, buffer) != 0, ReadNumber(service, TriggerInfo, buffer) != 0);
    }

    /// <summary>The first number of an optional part of the configuration; 0 where this Windows does not know the part.</summary>
    private static int ReadNumber(ServiceHandle service, int level, byte[] buffer)
    {
        var done = QueryServiceConfig2W(service, level, buffer, (uint)buffer.Length, out _);
        return done || Marshal.GetLastPInvokeError() == InsufficientBuffer ? BitConverter.ToInt32(buffer, 0) : 0;
    }

    [LibraryImport("advapi32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial ServiceHandle OpenSCManagerW(string? machine, string? database, uint access);

    [LibraryImport("advapi32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial ServiceHandle OpenServiceW(ServiceHandle manager, string name, uint access);

    [LibraryImport("advapi32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool EnumServicesStatusExW(
        ServiceHandle manager, int level, uint type, uint state, byte* services, uint size, out uint needed, out uint count, ref uint resume, string? group);

    [LibraryImport("advapi32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryServiceConfigW(ServiceHandle service, byte[] config, uint size, out uint needed);

    [LibraryImport("advapi32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryServiceConfig2W(ServiceHandle service, int level, byte[] config, uint size, out uint needed);
}
