using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Tells systemd how the agent is, by the protocol of sd_notify(3): datagrams of <c>NAME=value</c> lines to the socket that NOTIFY_SOCKET names. Any thread;
/// a datagram is sent whole or not at all, and never waits.
/// </summary>
internal sealed class SystemdNotifier : IDisposable
{
    private readonly Socket _socket;
    private readonly ILogger _log;
    private string _status = "";

    private SystemdNotifier(Socket socket, TimeSpan? watchdog, ILogger log)
    {
        _socket = socket;
        _log = log;
        WatchdogInterval = watchdog;
    }

    /// <summary>How often systemd must hear <see cref="Alive"/>: half of WATCHDOG_USEC, as sd_watchdog_enabled(3) advises; null when it does not ask.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>Null when systemd did not start this process, or not with a socket.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    public static SystemdNotifier? Connect(Func<string, string?> variable, ILogger log)
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
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            HostingLog.NotNotified(log, exception.Message);
            return null;
        }

        return new SystemdNotifier(socket, ReadWatchdog(variable), log);
    }

    public void Ready() => Send("READY=1");

    public void Stopping() => Send("STOPPING=1");

    public void Alive() => Send("WATCHDOG=1");

    /// <summary>The line that <c>systemctl status</c> shows; sent when it differs from the last.</summary>
    public void Status(string text)
    {
        if (Interlocked.Exchange(ref _status, text) != text)
        {
            Send("STATUS=" + text.Replace('\n', ' '));
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

    private void Send(string message)
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException exception)
        {
            HostingLog.NotNotified(_log, exception.Message);
        }
    }
}
