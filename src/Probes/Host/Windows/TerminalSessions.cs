using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.Probes.Host.SystemLoad;

namespace NocMonitor.Probes.Host.Windows;

/// <summary>Counts who is logged in, at the console and by remote desktop, connected or not (WTSEnumerateSessions).</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class TerminalSessions
{
    private const int UserNameClass = 5;

    /// <summary>WTS_SESSION_INFOW.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Session
    {
        public uint Id;
        public nint WinStationName;
        public int State;
    }

    /// <summary>Null when the terminal service does not answer.</summary>
    public static UserCount? Count()
    {
        if (!WTSEnumerateSessionsW(0, 0, 1, out var sessions, out var count))
        {
            return null;
        }

        try
        {
            return CountNames(new ReadOnlySpan<Session>((void*)sessions, (int)count));
        }
        finally
        {
            WTSFreeMemory(sessions);
        }
    }

    private static UserCount CountNames(ReadOnlySpan<Session> sessions)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var users = 0;
        foreach (ref readonly var session in sessions)
        {
            // The sessions of services and of the login screen have no user.
            if (UserName(session.Id) is { Length: > 0 } name)
            {
                users++;
                names.Add(name);
            }
        }

        return new UserCount(users, names.Count);
    }

    private static string? UserName(uint session)
    {
        if (!WTSQuerySessionInformationW(0, session, UserNameClass, out var text, out _))
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUni(text);
        }
        finally
        {
            WTSFreeMemory(text);
        }
    }

    [LibraryImport("wtsapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool WTSEnumerateSessionsW(nint server, uint reserved, uint version, out nint sessions, out uint count);

    [LibraryImport("wtsapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool WTSQuerySessionInformationW(nint server, uint session, int what, out nint buffer, out uint bytes);

    [LibraryImport("wtsapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial void WTSFreeMemory(nint memory);
}
