using System.Net;

namespace NocMonitor.Probes.Ping;

/// <summary>One address family's ICMP socket. One thread sends, another receives; stopping may come from any.</summary>
internal interface IIcmpSocket : IDisposable
{
    /// <summary>True when something lies in the socket that was not received yet.</summary>
    bool HasUnread { get; }

    /// <summary>Sends an echo request without blocking.</summary>
    /// <returns>0, or the system's error number.</returns>
    int Send(IPAddress to, ushort sequence, int index, ulong nonce, int size);

    /// <summary>Blocks until something comes.</summary>
    /// <returns>How many answers were written, foreign traffic left out; -1 after <see cref="Stop"/>.</returns>
    int Receive(Span<EchoAnswer> answers);

    /// <summary>Wakes the receiver for good.</summary>
    void Stop();
}
