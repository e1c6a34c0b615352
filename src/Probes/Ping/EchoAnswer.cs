using System.Net;

namespace NocMonitor.Probes.Ping;

/// <summary>What an ICMP socket heard about one echo request: the reply, or an error from the network.</summary>
internal readonly record struct EchoAnswer
{
    public ushort Sequence { get; init; }

    /// <summary>The index from the payload; -1 when an error quoted too little of the packet to hold it.</summary>
    public int Index { get; init; }

    public ulong Nonce { get; init; }

    public int Ttl { get; init; }

    /// <summary>How long the answer lay in the socket before it was read.</summary>
    public TimeSpan Unread { get; init; }

    /// <summary>Null for a reply; for an error its reason in words.</summary>
    public string? Error { get; init; }

    /// <summary>Where the packet was going, when an error tells.</summary>
    public IPAddress? Destination { get; init; }

    public bool HasPayload => Index >= 0;
}
