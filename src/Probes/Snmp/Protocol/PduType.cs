namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>Protocol data units (RFC 1157 section 4.1, RFC 3416 section 3). Writing to a device is out of scope: there is no Set.</summary>
public enum PduType : byte
{
    Get = 0xA0,
    GetNext = 0xA1,
    Response = 0xA2,
    TrapV1 = 0xA4,
    GetBulk = 0xA5,
    Inform = 0xA6,
    TrapV2 = 0xA7,
    Report = 0xA8,
}
