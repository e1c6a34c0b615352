namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// The protocol's side of the conversation with one device: turns requests into datagrams and datagrams into answers, and keeps what the
/// device told about itself (its engine id, boots and time in version 3). It has no socket and no timer. One thread at a time.
/// </summary>
public abstract class SnmpCodec : IDisposable
{
    /// <summary>How often one request may be sent again because of <see cref="SnmpOpening.Resend"/>: engine id, then time, then a device that restarted meanwhile.</summary>
    public const int MostResyncs = 3;

    public abstract SnmpVersion Version { get; }

    /// <summary>
    /// Another device with the same engine id, which the standard forbids and which confuses every manager but this one; null when there is none.
    /// </summary>
    public virtual string? EngineIdSharedWith => null;

    /// <summary>
    /// Writes a request to the end of the buffer and gives its length; 0 when it does not fit. As long as the engine id of a version 3 device is not
    /// known, a question for it is written instead, with the same id. The request-id must not be negative: it is the msgID too.
    /// </summary>
    public abstract int WriteRequest(Span<byte> buffer, in Pdu request);

    /// <summary>
    /// Opens a datagram whose id (<see cref="SnmpMessage.TryPeekId"/>) and source fit a request. It is decrypted in place; the answer points into it.
    /// </summary>
    public abstract SnmpOpening Open(Span<byte> datagram, out Pdu answer);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
