using System.Runtime.Versioning;
using System.Text;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>
/// Counts the sessions that systemd-logind keeps, one file each: what there is on distributions that gave utmp up because its times end in 2038.
/// </summary>
internal static class LoginSessions
{
    /// <summary>The open sessions of people (not those of services or of the login screen); null when there is no such folder.</summary>
    [UnsupportedOSPlatform("windows")]
    public static UserCount? Count(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var sessions = 0;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var file = new ProcFile(path);
            if (file.TryRead(out var text) && TryUser(text, out var name))
            {
                sessions++;
                names.Add(name);
            }
        }

        return new UserCount(sessions, names.Count);
    }

    internal static bool TryUser(ReadOnlySpan<byte> session, out string name)
    {
        name = Value(session, "USER="u8);
        return Value(session, "CLASS="u8) is "user" or "user-early" && Value(session, "STATE="u8) != "closing" && name.Length > 0;
    }

    private static string Value(ReadOnlySpan<byte> session, ReadOnlySpan<byte> key)
    {
        var lines = new TextCursor(session);
        while (lines.TryLine(out var line))
        {
            if (line.StartsWith(key))
            {
                return Encoding.UTF8.GetString(line[key.Length..]);
            }
        }

        return "";
    }
}
