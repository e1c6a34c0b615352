using System.Globalization;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>How many datagrams the Linux kernel dropped because the socket's buffer was full: the last column of <c>/proc/net/udp</c> and <c>udp6</c>.</summary>
internal static class SocketDrops
{
    private const int LocalAddress = 1;
    private const int Drops = 12;
    private static readonly string[] Tables = ["/proc/net/udp", "/proc/net/udp6"];

    /// <summary>The sum over all sockets of the port; null where the system does not say.</summary>
    public static long? Read(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return Tables.Where(File.Exists).SelectMany(File.ReadLines).Sum(line => Parse(line, port));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The drops of one line, when it is about the port; else 0.</summary>
    public static long Parse(string line, int port)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > Drops
            && columns[LocalAddress].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal)
            && long.TryParse(columns[Drops], NumberStyles.None, CultureInfo.InvariantCulture, out var drops) ? drops : 0;
    }
}
