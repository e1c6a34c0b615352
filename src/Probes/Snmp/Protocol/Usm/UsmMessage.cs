namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// A message of version 3 (RFC 3412 section 6) with the parameters of USM (RFC 3414 section 2.4), read but neither verified nor decrypted. The spans
/// point into the datagram; the parameters of authentication and the encrypted data are writable there.
/// </summary>
internal readonly ref struct UsmMessage
{
    public const int LongestEngineId = 32;
    public const int LongestUserName = 32;
    public const byte Reportable = 4;
    public const int SecurityModel = 3;

    /// <summary>The whole message, without what may stand behind it in the datagram.</summary>
    public Span<byte> Whole { get; private init; }

    public int MessageId { get; private init; }

    public SecurityLevel Level { get; private init; }

    /// <summary>The sender waits for a report when something is wrong.</summary>
    public bool IsReportable { get; private init; }

    public ReadOnlySpan<byte> EngineId { get; private init; }

    public int Boots { get; private init; }

    public int Time { get; private init; }

    public ReadOnlySpan<byte> UserName { get; private init; }

    public Span<byte> AuthParameters { get; private init; }

    public ReadOnlySpan<byte> PrivParameters { get; private init; }

    /// <summary>The scoped PDU: its element, or its encrypted bytes.</summary>
    public Span<byte> Data { get; private init; }

    public static bool TryRead(Span<byte> datagram, out UsmMessage message)
    {
        message = default;
        ReadOnlySpan<byte> rest = datagram;
        if (!Ber.TryTake(ref rest, Ber.Sequence, out _))
        {
            return false;
        }

        var whole = datagram[..^rest.Length];
        return SnmpMessage.TryOpen(whole, out var version, out var content) && version == SnmpVersion.V3
            && Ber.TryTake(ref content, Ber.Sequence, out var header)
            && Ber.TryTakeInt32(ref header, out var messageId)
            && Ber.TryTakeInt32(ref header, out _)
            && Ber.TryTake(ref header, Ber.OctetString, out var flags) && flags.Length == 1 && (flags[0] & 3) != 2
            && Ber.TryTakeInt32(ref header, out var model) && model == SecurityModel
            && Ber.TryTake(ref content, Ber.OctetString, out var parameters)
            && TryReadData(whole, content, (SecurityLevel)(flags[0] & 3), out var data)
            && TryReadParameters(whole, parameters, out message)
            && Complete(ref message, messageId, flags[0], data);
    }

    /// <summary>Takes the PDU out of a scoped PDU (RFC 3412 section 6.9); filling of the encryption behind it is ignored.</summary>
    public static bool TryReadScoped(ReadOnlySpan<byte> scoped, out ReadOnlySpan<byte> contextEngineId, out ReadOnlySpan<byte> contextName, out ReadOnlySpan<byte> pdu)
    {
        pdu = default;
        contextName = default;
        contextEngineId = default;
        if (!Ber.TryTake(ref scoped, Ber.Sequence, out var content)
            || !Ber.TryTake(ref content, Ber.OctetString, out contextEngineId)
            || !Ber.TryTake(ref content, Ber.OctetString, out contextName))
        {
            return false;
        }

        pdu = content;
        return true;
    }

    private static bool TryReadData(Span<byte> whole, ReadOnlySpan<byte> content, SecurityLevel level, out Span<byte> data)
    {
        var element = content;
        data = default;
        if (level != SecurityLevel.AuthPriv)
        {
            data = Writable(whole, content);
            return true;
        }

        if (!Ber.TryTake(ref element, Ber.OctetString, out var encrypted) || !element.IsEmpty)
        {
            return false;
        }

        data = Writable(whole, encrypted);
        return true;
    }

    private static bool TryReadParameters(Span<byte> whole, ReadOnlySpan<byte> element, out UsmMessage message)
    {
        message = default;
        if (!Ber.TryTake(ref element, Ber.Sequence, out var parameters)
            || !Ber.TryTake(ref parameters, Ber.OctetString, out var engineId) || engineId.Length > LongestEngineId
            || !Ber.TryTakeInt32(ref parameters, out var boots) || boots < 0
            || !Ber.TryTakeInt32(ref parameters, out var time) || time < 0
            || !Ber.TryTake(ref parameters, Ber.OctetString, out var user) || user.Length > LongestUserName
            || !Ber.TryTake(ref parameters, Ber.OctetString, out var auth) || auth.Length > UsmDigest.LongestHash
            || !Ber.TryTake(ref parameters, Ber.OctetString, out var priv))
        {
            return false;
        }

        message = new UsmMessage
        {
            Whole = whole,
            EngineId = engineId,
            Boots = boots,
            Time = time,
            UserName = user,
            AuthParameters = Writable(whole, auth),
            PrivParameters = priv,
        };
        return true;
    }

    private static bool Complete(ref UsmMessage message, int messageId, byte flags, Span<byte> data)
    {
        message = message with
        {
            MessageId = messageId,
            Level = (SecurityLevel)(flags & 3),
            IsReportable = (flags & Reportable) != 0,
            Data = data,
        };
        return true;
    }

    /// <summary>The same bytes of the datagram, writable.</summary>
    private static Span<byte> Writable(Span<byte> whole, ReadOnlySpan<byte> part) =>
        ((ReadOnlySpan<byte>)whole).Overlaps(part, out var offset) ? whole.Slice(offset, part.Length) : [];
}
