namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// A PDU of any kind but the SNMPv1 trap (RFC 3416 section 3), read from a message or to be written into one. The varbinds stay where they are: in the
/// datagram, or in the buffer of a <see cref="VarbindWriter"/>.
/// </summary>
public readonly ref struct Pdu
{
    /// <param name="varbinds">The content of its VarBindList.</param>
    public Pdu(PduType type, int requestId, ReadOnlySpan<byte> varbinds)
    {
        Type = type;
        RequestId = requestId;
        VarbindList = varbinds;
    }

    public PduType Type { get; }

    public int RequestId { get; }

    public SnmpErrorStatus ErrorStatus { get; init; }

    /// <summary>The varbind that the error is about, counted from 1; 0 for none.</summary>
    public int ErrorIndex { get; init; }

    /// <summary>Names of a GetBulk, from the first, that are asked for once. It travels in the place of the error-status.</summary>
    public int NonRepeaters
    {
        get => (int)ErrorStatus;
        init => ErrorStatus = (SnmpErrorStatus)value;
    }

    /// <summary>How often a GetBulk asks for each of the other names. It travels in the place of the error-index.</summary>
    public int MaxRepetitions
    {
        get => ErrorIndex;
        init => ErrorIndex = value;
    }

    public ReadOnlySpan<byte> VarbindList { get; }

    public VarbindReader Varbinds => new(VarbindList);

    /// <summary>Reads the PDU that fills the element; false when it is malformed or of a kind that does not exist here.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> element, out Pdu pdu)
    {
        pdu = default;
        if (!Ber.TryTake(ref element, out var tag, out var content) || !element.IsEmpty || !IsKnown((PduType)tag)
            || !Ber.TryTakeInt32(ref content, out var requestId)
            || !Ber.TryTakeInt32(ref content, out var status)
            || !Ber.TryTakeInt32(ref content, out var index)
            || !Ber.TryTake(ref content, Ber.Sequence, out var varbinds)
            || !content.IsEmpty)
        {
            return false;
        }

        pdu = new Pdu((PduType)tag, requestId, varbinds) { ErrorStatus = (SnmpErrorStatus)status, ErrorIndex = index };
        return true;
    }

    internal void Write(ref BerWriter writer)
    {
        var end = writer.Start;
        writer.Element(Ber.Sequence, VarbindList);
        writer.Integer(ErrorIndex);
        writer.Integer((int)ErrorStatus);
        writer.Integer(RequestId);
        writer.Header((byte)Type, end);
    }

    private static bool IsKnown(PduType type) => type is PduType.Get or PduType.GetNext or PduType.Response
        or PduType.GetBulk or PduType.Inform or PduType.TrapV2 or PduType.Report;
}
