namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>The trap of SNMPv1 (RFC 1157 section 4.1.6), read from a message. Valid while the datagram's buffer is.</summary>
internal readonly ref struct TrapV1
{
    /// <summary>The encoded sysObjectID of what sent it, or the name of a private trap's family.</summary>
    public ReadOnlySpan<byte> Enterprise { get; private init; }

    /// <summary>The address that the sender believes to have; four bytes, or none where a stack left it out.</summary>
    public ReadOnlySpan<byte> AgentAddress { get; private init; }

    /// <summary>0 to 5 for the traps that all devices know, 6 for one of the enterprise.</summary>
    public int Generic { get; private init; }

    /// <summary>The number of the enterprise's trap.</summary>
    public int Specific { get; private init; }

    /// <summary>Hundredths of a second since the sender started.</summary>
    public uint Uptime { get; private init; }

    public ReadOnlySpan<byte> VarbindList { get; private init; }

    public VarbindReader Varbinds => new(VarbindList);

    public static bool TryRead(ReadOnlySpan<byte> element, out TrapV1 trap)
    {
        trap = default;
        if (!Ber.TryTake(ref element, (byte)PduType.TrapV1, out var content) || !element.IsEmpty
            || !Ber.TryTake(ref content, Ber.ObjectIdentifier, out var enterprise) || !Oid.IsWellFormed(enterprise)
            || !Ber.TryTake(ref content, (byte)SnmpType.IpAddress, out var address) || address.Length is not (0 or 4)
            || !Ber.TryTakeInt32(ref content, out var generic)
            || !Ber.TryTakeInt32(ref content, out var specific)
            || !Ber.TryTake(ref content, (byte)SnmpType.TimeTicks, out var ticks) || !BerNumber.TryReadUnsigned(ticks, 32, out var uptime)
            || !Ber.TryTake(ref content, Ber.Sequence, out var varbinds)
            || !content.IsEmpty)
        {
            return false;
        }

        trap = new TrapV1
        {
            Enterprise = enterprise,
            AgentAddress = address,
            Generic = generic,
            Specific = specific,
            Uptime = unchecked((uint)uptime),
            VarbindList = varbinds,
        };
        return true;
    }
}
