namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>How the bytes of a value become a field or a text; docs/formats/device-profiles.md describes each.</summary>
internal enum ValueFormat
{
    /// <summary>By the type that the device sends.</summary>
    ByType,
    Integer,
    Float,
    Text,
    Hex,
    MacAddress,
    IpAddress,
    Oid,
    DateAndTime,
    Bits,

    /// <summary>An octet string as a number, the highest byte first.</summary>
    BigEndian,

    /// <summary>An octet string as a number, the lowest byte first.</summary>
    LittleEndian,
}
