using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// A trap or an inform of any version in the shape of version 2 (RFC 3584 section 3.1): who, which, since when, with what. Points into the datagram and
/// into the reader's own buffer; valid until the next one is read.
/// </summary>
internal readonly ref struct Notification
{
    public SnmpVersion Version { get; init; }

    public bool IsInform { get; init; }

    /// <summary>The encoded snmpTrapOID.</summary>
    public ReadOnlySpan<byte> TrapOid { get; init; }

    /// <summary>Hundredths of a second; null where a version 2 notification does not begin with it as it should.</summary>
    public uint? Uptime { get; init; }

    /// <summary>All varbinds; those of version 2 with sysUpTime and snmpTrapOID in front.</summary>
    public ReadOnlySpan<byte> VarbindList { get; init; }

    /// <summary>The encoded enterprise of version 1, or empty.</summary>
    public ReadOnlySpan<byte> Enterprise { get; init; }

    /// <summary>The device that a relay names (agent-addr, snmpTrapAddress): four bytes, or empty.</summary>
    public ReadOnlySpan<byte> Origin { get; init; }

    /// <summary>The user of version 3, or empty.</summary>
    public string User { get; init; }

    /// <summary>The whole PDU, by which a repeated notification is known.</summary>
    public ReadOnlySpan<byte> Pdu { get; init; }
}
