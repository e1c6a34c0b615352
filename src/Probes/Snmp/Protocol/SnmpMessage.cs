namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>What a datagram says before one looks into it.</summary>
internal static class SnmpMessage
{
    /// <summary>The largest UDP payload over IPv4, and so the largest message.</summary>
    public const int LargestSize = 65507;

    /// <summary>Takes the outer sequence and the version. What a device appends behind the message is ignored.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> datagram, out SnmpVersion version, out ReadOnlySpan<byte> content)
    {
        version = default;
        if (!Ber.TryTake(ref datagram, Ber.Sequence, out content) || !Ber.TryTakeInt32(ref content, out var number))
        {
            return false;
        }

        version = (SnmpVersion)number;
        return version is SnmpVersion.V1 or SnmpVersion.V2c or SnmpVersion.V3;
    }

    /// <summary>
    /// The number by which an answer is matched with its request, without opening the message: the request-id in versions 1 and 2c, in version 3 the
    /// msgID, which <see cref="SnmpCodec"/> sets to the request-id. False for what is no message.
    /// </summary>
    public static bool TryPeekId(ReadOnlySpan<byte> datagram, out int id)
    {
        id = 0;
        if (!TryOpen(datagram, out var version, out var content))
        {
            return false;
        }

        return version == SnmpVersion.V3
            ? Ber.TryTake(ref content, Ber.Sequence, out var header) && Ber.TryTakeInt32(ref header, out id)
            : Ber.TryTake(ref content, Ber.OctetString, out _) && Ber.TryTake(ref content, out _, out var pdu) && Ber.TryTakeInt32(ref pdu, out id);
    }

    /// <summary>Takes the community and the element of the PDU of a message of version 1 or 2c.</summary>
    public static bool TryReadCommunity(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> community, out ReadOnlySpan<byte> pdu)
    {
        pdu = default;
        if (!Ber.TryTake(ref content, Ber.OctetString, out community))
        {
            return false;
        }

        pdu = content;
        return true;
    }
}
