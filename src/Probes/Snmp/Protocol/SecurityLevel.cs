namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>Security levels of version 3 (RFC 3411 section 3.4.3); the numbers are the flags of a message (RFC 3412 section 6.4).</summary>
public enum SecurityLevel
{
    NoAuthNoPriv = 0,
    AuthNoPriv = 1,
    AuthPriv = 3,
}
