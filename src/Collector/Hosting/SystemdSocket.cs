using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Collector.Hosting;

/// <summary>
/// The datagram socket of sd_notify(3), over which a service tells systemd how it is. Any thread; a message is sent whole or not at all, and never waits.
/// </summary>
internal sealed class SystemdSocket : IDisposable
{
    private readonly Socket _socket;

    private SystemdSocket(Socket socket, TimeSpan? watchdog)
    {
        _socket = socket;
        WatchdogInterval = watchdog;
    }

    /// <summary>Half of WATCHDOG_USEC, as sd_watchdog_enabled(3) advises; null when systemd does not watch.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>Null when systemd did not start this process, gave no socket, or the one it names cannot be used.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    public static SystemdSocket? Open(Func<string, string?> variable)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 1 } path || OperatingSystem.IsWindows())
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            // A leading @ is systemd's way to write the zero byte of an abstract name.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            return new SystemdSocket(socket, ReadWatchdog(variable));
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <returns>False when systemd did not take it.</returns>
    public bool Send(string message)
    {
        try
        {
            return _socket.Send(Encoding.UTF8.GetBytes(message)) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static TimeSpan? ReadWatchdog(Func<string, string?> variable)
    {
        // The variables are inherited; they are meant for the process whose id they name.
        var isForUs = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isForUs && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds / 2.0)
            : null;
    }
}
