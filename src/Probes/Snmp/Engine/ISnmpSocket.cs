namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// A UDP socket of one address family. One thread receives and sends; <see cref="Wake"/> and <see cref="Stop"/> may come from any other. A peer's address is a socket address as
/// the system writes it.
/// </summary>
internal interface ISnmpSocket : IDisposable
{
    /// <summary>Bytes that the system keeps of what was not yet received, its own book-keeping included.</summary>
    int ReceiveBuffer { get; }

    /// <summary>More may have come than was received.</summary>
    bool HasUnread { get; }

    /// <summary>Waits for datagrams.</summary>
    /// <returns>How many came; less than 0 once it is stopped.</returns>
    int Receive();

    /// <summary>A datagram that was received last, to be changed in place; empty for one that only woke the receiver.</summary>
    Span<byte> Datagram(int index);

    ReadOnlySpan<byte> Source(int index);

    /// <summary>Sends at once or not at all.</summary>
    SendFate Send(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to, out string reason);

    /// <summary>Lets <see cref="Receive"/> return.</summary>
    void Wake();

    void Stop();
}

internal enum SendFate
{
    Sent,

    /// <summary>The system has no room at the moment; the same may go out a little later.</summary>
    Busy,

    Failed,
}
