namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>Writes one message of version 3 to the end of a buffer.</summary>
internal readonly ref struct UsmMessageWriter
{
    public int MessageId { get; init; }

    public SecurityLevel Level { get; init; }

    public bool IsReportable { get; init; }

    public ReadOnlySpan<byte> EngineId { get; init; }

    public int Boots { get; init; }

    public int Time { get; init; }

    public ReadOnlySpan<byte> UserName { get; init; }

    public ReadOnlySpan<byte> ContextEngineId { get; init; }

    public ReadOnlySpan<byte> ContextName { get; init; }

    /// <summary>The keys; null when nothing is signed.</summary>
    public UsmSession? Session { get; init; }

    /// <summary>The length of the message, which ends at the buffer's end; 0 when it does not fit.</summary>
    public int Write(Span<byte> buffer, in Pdu pdu)
    {
        var writer = new BerWriter(buffer);
        Span<byte> salt = stackalloc byte[UsmCipher.SaltLength];
        WriteScoped(ref writer, pdu);
        if (Level == SecurityLevel.AuthPriv && !writer.IsFull)
        {
            Encrypt(ref writer, salt);
        }

        var authFromEnd = WriteParameters(ref writer, Level == SecurityLevel.AuthPriv ? salt : []);
        WriteHeader(ref writer);
        writer.Integer((int)SnmpVersion.V3);
        writer.Header(Ber.Sequence, buffer.Length);
        if (writer.IsFull)
        {
            return 0;
        }

        if (Level >= SecurityLevel.AuthNoPriv)
        {
            Session!.Sign(writer.Written, buffer[^authFromEnd..]);
        }

        return writer.Written.Length;
    }

    private void WriteScoped(ref BerWriter writer, in Pdu pdu)
    {
        var end = writer.Start;
        pdu.Write(ref writer);
        writer.Element(Ber.OctetString, ContextName);
        writer.Element(Ber.OctetString, ContextEngineId);
        writer.Header(Ber.Sequence, end);
    }

    private void Encrypt(ref BerWriter writer, scoped Span<byte> salt)
    {
        var cipher = Session!.Cipher;
        writer.Fill((cipher.BlockSize - (writer.Written.Length % cipher.BlockSize)) % cipher.BlockSize);
        if (!writer.IsFull)
        {
            cipher.Encrypt(writer.Written, Boots, Time, salt);
            writer.Header(Ber.OctetString, writer.Start + writer.Written.Length);
        }
    }

    /// <summary>Gives the place of the digest, counted from the end of the buffer.</summary>
    private int WriteParameters(ref BerWriter writer, scoped ReadOnlySpan<byte> salt)
    {
        Span<byte> zeros = stackalloc byte[UsmDigest.LongestHash];
        zeros.Clear();
        var end = writer.Start;
        writer.Element(Ber.OctetString, salt);
        var authEnd = writer.Start;
        writer.Bytes(zeros[..(Level >= SecurityLevel.AuthNoPriv ? Session!.MacLength : 0)]);
        var authFromEnd = writer.Written.Length;
        writer.Header(Ber.OctetString, authEnd);
        writer.Element(Ber.OctetString, UserName);
        writer.Integer(Time);
        writer.Integer(Boots);
        writer.Element(Ber.OctetString, EngineId);
        writer.Header(Ber.Sequence, end);
        writer.Header(Ber.OctetString, end);
        return authFromEnd;
    }

    private void WriteHeader(ref BerWriter writer)
    {
        var end = writer.Start;
        writer.Integer(UsmMessage.SecurityModel);
        writer.Element(Ber.OctetString, [(byte)((int)Level | (IsReportable ? UsmMessage.Reportable : 0))]);
        writer.Integer(SnmpMessage.LargestSize);
        writer.Integer(MessageId);
        writer.Header(Ber.Sequence, end);
    }
}
