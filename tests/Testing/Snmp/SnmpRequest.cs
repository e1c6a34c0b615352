namespace NocMonitor.Testing.Snmp;

/// <summary>A request of version 1 or 2c as it came; valid while its datagram is.</summary>
internal readonly ref struct SnmpRequest
{
    public const byte Get = 0xA0;
    public const byte GetNext = 0xA1;
    public const byte Response = 0xA2;
    public const byte GetBulk = 0xA5;

    public int Version { get; private init; }

    public ReadOnlySpan<byte> Community { get; private init; }

    public byte Type { get; private init; }

    public int Id { get; private init; }

    public int NonRepeaters { get; private init; }

    public int MaxRepetitions { get; private init; }

    /// <summary>The varbinds, encoded.</summary>
    public ReadOnlySpan<byte> Varbinds { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> datagram, out SnmpRequest request)
    {
        request = default;
        if (Ber.Take(ref datagram, out var message) != Ber.Sequence || Ber.Take(ref message, out var version) != Ber.Integer
            || Ber.Take(ref message, out var community) != Ber.OctetString)
        {
            return false;
        }

        return TryReadPdu(message, (int)Ber.ReadInteger(version), community, out request);
    }

    public static bool TryReadPdu(ReadOnlySpan<byte> message, int version, ReadOnlySpan<byte> community, out SnmpRequest request)
    {
        request = default;
        var type = Ber.Take(ref message, out var pdu);
        if (type is not (Get or GetNext or GetBulk) || Ber.Take(ref pdu, out var id) != Ber.Integer
            || Ber.Take(ref pdu, out var first) != Ber.Integer || Ber.Take(ref pdu, out var second) != Ber.Integer
            || Ber.Take(ref pdu, out var varbinds) != Ber.Sequence)
        {
            return false;
        }

        request = new SnmpRequest
        {
            Version = version,
            Community = community,
            Type = type,
            Id = (int)Ber.ReadInteger(id),
            NonRepeaters = (int)Math.Clamp(Ber.ReadInteger(first), 0, int.MaxValue),
            MaxRepetitions = (int)Math.Clamp(Ber.ReadInteger(second), 0, int.MaxValue),
            Varbinds = varbinds,
        };
        return true;
    }

    /// <summary>Takes the next name asked for off the front.</summary>
    public static bool TakeName(scoped ref ReadOnlySpan<byte> varbinds, out ReadOnlySpan<byte> name)
    {
        name = default;
        return !varbinds.IsEmpty && Ber.Take(ref varbinds, out var varbind) == Ber.Sequence && Ber.Take(ref varbind, out name) == Ber.ObjectIdentifier;
    }
}
