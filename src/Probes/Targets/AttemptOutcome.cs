using System.Net.Sockets;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Targets;

/// <summary>How one attempt at a target ended: its result code and, unless that is success, the reason in words.</summary>
internal readonly record struct AttemptOutcome(long ResultCode, string Reason)
{
    public static AttemptOutcome Success => new(Probes.ResultCode.Success, "");

    public bool IsSuccess => ResultCode == Probes.ResultCode.Success;

    /// <summary>What a failed socket call means for its target.</summary>
    public static AttemptOutcome Of(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => Unreachable("connection refused"),
        SocketError.ConnectionReset => Unreachable("connection reset"),
        SocketError.ConnectionAborted or SocketError.Shutdown => Unreachable("connection closed"),
        SocketError.HostUnreachable => Unreachable("no route to host"),
        SocketError.NetworkUnreachable => Unreachable("network unreachable"),
        SocketError.HostDown => Unreachable("host is down"),
        SocketError.TimedOut => new AttemptOutcome(Probes.ResultCode.Timeout, "timed out"),
        SocketError.AccessDenied => CannotAsk("permission denied"),
        SocketError.AddressFamilyNotSupported => CannotAsk("this machine has no such address family"),
        SocketError.TooManyOpenSockets => CannotAsk("this agent has too many open sockets"),
        SocketError.NoBufferSpaceAvailable => CannotAsk("this machine has no buffer space left"),
        SocketError.AddressNotAvailable => CannotAsk("no local address or port is left"),
        _ => Unreachable(exception.Message),
    };

    public static AttemptOutcome Failed(long resultCode, string reason) => new(resultCode, reason);

    /// <summary>Sets <c>result_code</c> and, for a failure, <c>error</c>.</summary>
    public Point WriteTo(Point point) =>
        IsSuccess ? point.Field("result_code", ResultCode) : point.Field("result_code", ResultCode).Field("error", Reason);

    private static AttemptOutcome Unreachable(string reason) => new(Probes.ResultCode.ConnectionFailed, reason);

    private static AttemptOutcome CannotAsk(string reason) => new(Probes.ResultCode.ProbeFailed, reason);
}
