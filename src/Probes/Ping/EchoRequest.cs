using System.Net;
using System.Threading.Channels;

namespace NocMonitor.Probes.Ping;

/// <summary>How one echo request ended.</summary>
internal enum EchoOutcome
{
    /// <summary>The target answered.</summary>
    Reply,

    /// <summary>Nothing came within the time limit.</summary>
    Lost,

    /// <summary>The network answered with an ICMP error, or the route is missing on this machine.</summary>
    Unreachable,

    /// <summary>This agent was itself too late to say whether an answer came; the request counts neither as answered nor as lost.</summary>
    Starved,

    /// <summary>The name of the target was not resolved; nothing was sent.</summary>
    NotResolved,

    /// <summary>This agent could not send: no permission, no buffer space.</summary>
    NotSent,
}

/// <summary>
/// One packet to one address. Whoever makes it sets the upper part and gives it to an <see cref="IEchoEngine"/>, which owns it until it writes it
/// to <see cref="Done"/>; then the lower part is set and the reader of that channel owns it.
/// </summary>
internal sealed class EchoRequest(IPAddress address, ChannelWriter<EchoRequest> done)
{
    public IPAddress Address => address;

    public ChannelWriter<EchoRequest> Done => done;

    /// <summary>The maker's own number for the target.</summary>
    public int Target { get; init; }

    /// <summary>Bytes after the ICMP header.</summary>
    public int Size { get; init; } = 56;

    /// <summary>How long an answer is awaited, in the clock's ticks.</summary>
    public long TimeLimit { get; init; }

    /// <summary>When to send, by the clock's timestamp; the pacing may make it later.</summary>
    public long DueAt { get; init; }

    /// <summary>Once cancelled the packet is not sent any more.</summary>
    public CancellationToken Token { get; init; }

    public EchoOutcome Outcome { get; private set; }

    /// <summary>Why there is no reply, in words; empty when there is one.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The timestamp just before the packet was sent; 0 when it never was.</summary>
    public long SentAt { get; set; }

    /// <summary>Timestamp ticks from sending to the answer; null when there is none or this agent was too late to measure it.</summary>
    public long? RoundTrip { get; private set; }

    /// <summary>Time to live, or hop limit, that the answer had left; 0 when the system does not tell.</summary>
    public int Ttl { get; private set; }

    /// <summary>Engine's: where the request stands in its table while it is under way.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>Engine's: what the answer must repeat.</summary>
    internal ulong Nonce { get; set; }

    /// <summary>Engine's: how often sending or giving up was put off.</summary>
    internal int PutOff { get; set; }

    internal void Answered(long? roundTrip, int ttl)
    {
        (RoundTrip, Ttl) = (roundTrip, ttl);
        Finish(EchoOutcome.Reply, "");
    }

    internal void Finish(EchoOutcome outcome, string reason)
    {
        (Outcome, Reason) = (outcome, reason);
        done.TryWrite(this);
    }
}
