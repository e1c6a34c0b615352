using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Probes.Ping;

/// <summary>Error numbers of Linux's sendto in words, and whether they blame the network or this machine.</summary>
internal static class SendError
{
    /// <summary>What Linux says of an address that may not be sent to; it says nothing about the next one.</summary>
    public const string NotPermitted = "sending is not permitted (a broadcast address?)";

    /// <summary>True when the same packet may well go out a moment later.</summary>
    public static bool IsPassing(int error) => error is EAgain or ENoBufs or EIntr;

    public static (EchoOutcome Outcome, string Reason) Describe(int error) => error switch
    {
        EHostUnreach => (EchoOutcome.Unreachable, "no route to host"),
        ENetUnreach => (EchoOutcome.Unreachable, "network unreachable"),
        EHostDown => (EchoOutcome.Unreachable, "host is down"),
        ENetDown => (EchoOutcome.Unreachable, "network is down"),
        EInval => (EchoOutcome.Unreachable, "the address cannot be sent to from here"),
        EMsgSize => (EchoOutcome.NotSent, "the packet is larger than the way to the target allows"),
        EAcces => (EchoOutcome.NotSent, NotPermitted),
        EPerm => (EchoOutcome.NotSent, "a packet filter on this machine forbids it"),
        EAgain or ENoBufs => (EchoOutcome.NotSent, "this machine has no buffer space for sending"),
        _ => (EchoOutcome.NotSent, $"sending failed (error {error})"),
    };
}
