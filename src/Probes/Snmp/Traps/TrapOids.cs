using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>The objects that frame a notification (RFC 3418, RFC 3584).</summary>
internal static class TrapOids
{
    public static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");
    public static readonly Oid SnmpTrapOid = Oid.Parse("1.3.6.1.6.3.1.1.4.1.0");
    public static readonly Oid SnmpTrapEnterprise = Oid.Parse("1.3.6.1.6.3.1.1.4.3.0");
    public static readonly Oid SnmpTrapAddress = Oid.Parse("1.3.6.1.6.3.18.1.3.0");
    public static readonly Oid SnmpTrapCommunity = Oid.Parse("1.3.6.1.6.3.18.1.4.0");

    /// <summary>coldStart to egpNeighborLoss lie under this, numbered from 1.</summary>
    public static readonly Oid SnmpTraps = Oid.Parse("1.3.6.1.6.3.1.1.5");
}
