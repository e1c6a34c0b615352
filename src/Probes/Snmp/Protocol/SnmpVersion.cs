namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>Versions of the protocol; the numbers are those of a message's first field.</summary>
public enum SnmpVersion
{
    /// <summary>RFC 1157.</summary>
    V1 = 0,

    /// <summary>RFC 1901: the operations of SNMPv2 with a community.</summary>
    V2c = 1,

    /// <summary>RFC 3412 with the user-based security model of RFC 3414.</summary>
    V3 = 3,
}
