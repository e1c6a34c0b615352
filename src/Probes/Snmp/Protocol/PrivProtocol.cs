namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// How messages of version 3 are encrypted. AES with 192 and 256 bits was never standardised: where the authentication's hash is shorter than the key,
/// two ways to extend it are in use.
/// </summary>
public enum PrivProtocol
{
    None,

    /// <summary>CBC-DES (RFC 3414 section 8). Broken; for devices that know nothing better.</summary>
    DES,

    /// <summary>CFB128-AES-128 (RFC 3826).</summary>
    AES128,

    /// <summary>Key extended as in draft-blumenthal-aes-usm-04: net-snmp, and most devices but Cisco's.</summary>
    AES192,

    /// <inheritdoc cref="AES192"/>
    AES256,

    /// <summary>Key extended as in draft-reeder-snmpv3-usm-3desede-00: Cisco and those who followed it.</summary>
    AES192Reeder,

    /// <inheritdoc cref="AES192Reeder"/>
    AES256Reeder,
}
