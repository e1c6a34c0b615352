namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>How messages of version 3 are authenticated: MD5 and SHA1 of RFC 3414, the SHA-2 family of RFC 7860.</summary>
public enum AuthProtocol
{
    None,

    /// <summary>HMAC-MD5-96. Broken; for devices that know nothing better.</summary>
    MD5,

    /// <summary>HMAC-SHA-96, which many devices name SHA.</summary>
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512,
}
