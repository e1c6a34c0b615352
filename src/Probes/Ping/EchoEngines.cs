using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace NocMonitor.Probes.Ping;

/// <summary>Chooses how this machine pings. No way ever starts a process.</summary>
internal static partial class EchoEngines
{
    public const string NoRights =
        "this agent may not open an ICMP socket: admit its group with sysctl net.ipv4.ping_group_range, or give it CAP_NET_RAW";

    public static IEchoEngine Open(ProbeContext context)
    {
        // .NET's own Ping starts /bin/ping on a Linux without the rights, so it serves elsewhere only.
        if (!OperatingSystem.IsLinux())
        {
            return new SystemEchoEngine(context.Time);
        }

        var log = context.Logs.CreateLogger("NocMonitor.Probes.Ping");
        return new EchoEngine(
            context.Time,
            pump => new ThreadTimer(context.Time, "ping sender", pump),
            (family, take) => OpenLane(family, take, context.Time, log));
    }

    internal static EchoLane OpenLane(AddressFamily family, Action<ReadOnlySpan<EchoAnswer>> take, TimeProvider time, ILogger log)
    {
        if (!Environment.Is64BitProcess)
        {
            return EchoLane.Refused("ping needs a 64-bit agent on Linux");
        }

        try
        {
            var socket = IcmpSocket.Open(family, time);
            LogOpened(log, family, socket.Kind);
            return EchoLane.Of(socket, take);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
            LogNoRights(log, family, EffectiveGroup());
            return EchoLane.Refused(NoRights);
        }
        catch (SocketException exception)
        {
            LogNoSocket(log, family, exception.Message);
            return EchoLane.Refused($"this machine opens no ICMP socket for {family}: {exception.Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();

    [LoggerMessage(2001, LogLevel.Debug, "ping: {Family} goes over a {Kind} ICMP socket")]
    private static partial void LogOpened(ILogger log, AddressFamily family, string kind);

    [LoggerMessage(2002, LogLevel.Error,
        "ping: this agent may not open an ICMP socket ({Family}), so all its pings fail. Cure one: admit its group, sysctl -w net.ipv4.ping_group_range=\"{Group} {Group}\". "
        + "Cure two: give it the capability CAP_NET_RAW, in its systemd unit AmbientCapabilities=CAP_NET_RAW, or setcap cap_net_raw+ep on its program.")]
    private static partial void LogNoRights(ILogger log, AddressFamily family, uint group);

    [LoggerMessage(2003, LogLevel.Error, "ping: this machine opens no ICMP socket for {Family}: {Reason}")]
    private static partial void LogNoSocket(ILogger log, AddressFamily family, string reason);
}
