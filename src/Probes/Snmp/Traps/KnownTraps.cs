using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Notifications that are known without any profile, from the MIBs of the RFCs that devices of all makers implement: SNMPv2-MIB (3418), IF-MIB
/// (2863), BGP4-MIB (4273), OSPF-TRAP-MIB (4750), BRIDGE-MIB (4188), ENTITY-MIB (6933), RMON-MIB (2819), UPS-MIB (1628), Printer-MIB (3805), VRRP-MIB (2787),
/// DISMAN-EVENT-MIB (2981), LLDP-MIB (IEEE 802.1AB), and net-snmp's own.
/// </summary>
internal static class KnownTraps
{
    public const string Info = "info";
    public const string Warning = "warning";
    public const string Critical = "critical";

    public static IReadOnlyList<TrapName> All { get; } =
    [
        Trap("1.3.6.1.6.3.1.1.5.1", "coldStart", Warning),
        Trap("1.3.6.1.6.3.1.1.5.2", "warmStart", Warning),
        Trap("1.3.6.1.6.3.1.1.5.3", "linkDown", Critical),
        Trap("1.3.6.1.6.3.1.1.5.4", "linkUp", Info, "linkDown"),
        Trap("1.3.6.1.6.3.1.1.5.5", "authenticationFailure", Warning),
        Trap("1.3.6.1.6.3.1.1.5.6", "egpNeighborLoss", Warning),
        Trap("1.3.6.1.2.1.15.0.1", "bgpEstablishedNotification", Info, "bgpBackwardTransNotification"),
        Trap("1.3.6.1.2.1.15.0.2", "bgpBackwardTransNotification", Critical),
        Trap("1.3.6.1.2.1.15.7.1", "bgpEstablished", Info, "bgpBackwardTransition"),
        Trap("1.3.6.1.2.1.15.7.2", "bgpBackwardTransition", Critical),
        Trap("1.3.6.1.2.1.14.16.2.1", "ospfVirtIfStateChange", Warning),
        Trap("1.3.6.1.2.1.14.16.2.2", "ospfNbrStateChange", Warning),
        Trap("1.3.6.1.2.1.14.16.2.3", "ospfVirtNbrStateChange", Warning),
        Trap("1.3.6.1.2.1.14.16.2.4", "ospfIfConfigError", Warning),
        Trap("1.3.6.1.2.1.14.16.2.6", "ospfIfAuthFailure", Warning),
        Trap("1.3.6.1.2.1.14.16.2.16", "ospfIfStateChange", Warning),
        Trap("1.3.6.1.2.1.16.0.1", "risingAlarm", Warning),
        Trap("1.3.6.1.2.1.16.0.2", "fallingAlarm", Info, "risingAlarm"),
        Trap("1.3.6.1.2.1.17.0.1", "newRoot", Warning),
        Trap("1.3.6.1.2.1.17.0.2", "topologyChange", Info),
        Trap("1.3.6.1.2.1.33.2.1", "upsTrapOnBattery", Critical),
        Trap("1.3.6.1.2.1.33.2.2", "upsTrapTestCompleted", Info),
        Trap("1.3.6.1.2.1.33.2.3", "upsTrapAlarmEntryAdded", Warning),
        Trap("1.3.6.1.2.1.33.2.4", "upsTrapAlarmEntryRemoved", Info, "upsTrapAlarmEntryAdded"),
        Trap("1.3.6.1.2.1.43.18.2.0.1", "printerV2Alert", Warning),
        Trap("1.3.6.1.2.1.47.2.0.1", "entConfigChange", Info),
        Trap("1.3.6.1.2.1.68.0.1", "vrrpTrapNewMaster", Warning),
        Trap("1.3.6.1.2.1.68.0.2", "vrrpTrapAuthFailure", Warning),
        Trap("1.3.6.1.2.1.88.2.0.1", "mteTriggerFired", Warning),
        Trap("1.3.6.1.2.1.88.2.0.2", "mteTriggerRising", Warning),
        Trap("1.3.6.1.2.1.88.2.0.3", "mteTriggerFalling", Info, "mteTriggerRising"),
        Trap("1.3.6.1.2.1.88.2.0.4", "mteTriggerFailure", Warning),
        Trap("1.0.8802.1.1.2.0.0.1", "lldpRemTablesChange", Info),
        Trap("1.3.6.1.4.1.8072.4.0.1", "nsNotifyStart", Info, "nsNotifyShutdown"),
        Trap("1.3.6.1.4.1.8072.4.0.2", "nsNotifyShutdown", Warning),
        Trap("1.3.6.1.4.1.8072.4.0.3", "nsNotifyRestart", Warning),
    ];

    private static TrapName Trap(string oid, string name, string severity, params string[] clears) => new(Oid.Parse(oid), name, severity, clears);
}
