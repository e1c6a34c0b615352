namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Types of a varbind's value: the BER tags of SMIv2 (RFC 2578 section 7, RFC 3416 section 3). A tag that is none of these is kept as its number.
/// </summary>
public enum SnmpType : byte
{
    Integer = 0x02,
    OctetString = 0x04,
    Null = 0x05,
    ObjectIdentifier = 0x06,
    IpAddress = 0x40,
    Counter32 = 0x41,

    /// <summary>Also Unsigned32, which has the same tag, and UInteger32 of RFC 1442, which is read as this.</summary>
    Gauge32 = 0x42,

    /// <summary>Hundredths of a second.</summary>
    TimeTicks = 0x43,
    Opaque = 0x44,

    /// <summary>Address of an OSI network (RFC 1442); no number, only octets.</summary>
    NsapAddress = 0x45,
    Counter64 = 0x46,

    /// <summary>A 32-bit float inside an Opaque, as net-snmp sends it. The number is the tag inside the Opaque.</summary>
    OpaqueFloat = 0x78,

    /// <summary>A 64-bit float inside an Opaque.</summary>
    OpaqueDouble = 0x79,

    /// <summary>The agent has no object of this type (RFC 3416 section 4.2.1).</summary>
    NoSuchObject = 0x80,

    /// <summary>The agent has the object, but not this instance.</summary>
    NoSuchInstance = 0x81,

    /// <summary>There is nothing behind this name (RFC 3416 section 4.2.2).</summary>
    EndOfMibView = 0x82,
}

public static class SnmpTypes
{
    /// <summary>True for the three exceptions that stand in place of a value since SNMPv2.</summary>
    public static bool IsException(this SnmpType type) => type is SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView;

    /// <summary>True for whole numbers.</summary>
    public static bool IsInteger(this SnmpType type) =>
        type is SnmpType.Integer or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64;
}
