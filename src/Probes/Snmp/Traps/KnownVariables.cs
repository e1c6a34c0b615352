using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Objects that the notifications of <see cref="KnownTraps"/> carry, from the same MIBs.</summary>
internal static class KnownVariables
{
    public static readonly Oid IfEntry = Oid.Parse("1.3.6.1.2.1.2.2.1");
    public static readonly Oid IfXEntry = Oid.Parse("1.3.6.1.2.1.31.1.1.1");

    public static IReadOnlyList<VariableName> All { get; } =
    [
        Variable("1.3.6.1.2.1.1.1", "sysDescr"),
        Variable("1.3.6.1.2.1.1.2", "sysObjectID"),
        Variable("1.3.6.1.2.1.1.4", "sysContact"),
        Variable("1.3.6.1.2.1.1.5", "sysName"),
        Variable("1.3.6.1.2.1.1.6", "sysLocation"),
        Variable("1.3.6.1.2.1.2.2.1.1", "ifIndex"),
        Variable("1.3.6.1.2.1.2.2.1.2", "ifDescr"),
        Variable("1.3.6.1.2.1.2.2.1.3", "ifType"),
        Variable("1.3.6.1.2.1.2.2.1.5", "ifSpeed"),
        Variable("1.3.6.1.2.1.2.2.1.7", "ifAdminStatus", "up", "down", "testing"),
        Variable("1.3.6.1.2.1.2.2.1.8", "ifOperStatus", "up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown"),
        Variable("1.3.6.1.2.1.31.1.1.1.1", "ifName"),
        Variable("1.3.6.1.2.1.31.1.1.1.15", "ifHighSpeed"),
        Variable("1.3.6.1.2.1.31.1.1.1.18", "ifAlias"),
        Variable("1.3.6.1.2.1.14.1.1", "ospfRouterId"),
        Variable("1.3.6.1.2.1.14.7.1.1", "ospfIfIpAddress"),
        Variable("1.3.6.1.2.1.14.7.1.12", "ospfIfState", "down", "loopback", "waiting", "pointToPoint", "designatedRouter", "backupDesignatedRouter", "otherDesignatedRouter"),
        Variable("1.3.6.1.2.1.14.10.1.1", "ospfNbrIpAddr"),
        Variable("1.3.6.1.2.1.14.10.1.2", "ospfNbrAddressLessIndex"),
        Variable("1.3.6.1.2.1.14.10.1.3", "ospfNbrRtrId"),
        Variable("1.3.6.1.2.1.14.10.1.6", "ospfNbrState", "down", "attempt", "init", "twoWay", "exchangeStart", "exchange", "loading", "full"),
        Variable("1.3.6.1.2.1.15.3.1.2", "bgpPeerState", "idle", "connect", "active", "opensent", "openconfirm", "established"),
        Variable("1.3.6.1.2.1.15.3.1.7", "bgpPeerRemoteAddr"),
        Variable("1.3.6.1.2.1.15.3.1.14", "bgpPeerLastError"),
        Variable("1.3.6.1.2.1.16.3.1.1.1", "alarmIndex"),
        Variable("1.3.6.1.2.1.16.3.1.1.3", "alarmVariable"),
        Variable("1.3.6.1.2.1.16.3.1.1.4", "alarmSampleType", "absoluteValue", "deltaValue"),
        Variable("1.3.6.1.2.1.16.3.1.1.5", "alarmValue"),
        Variable("1.3.6.1.2.1.16.3.1.1.7", "alarmRisingThreshold"),
        Variable("1.3.6.1.2.1.16.3.1.1.8", "alarmFallingThreshold"),
        Variable("1.3.6.1.2.1.33.1.2.2", "upsSecondsOnBattery"),
        Variable("1.3.6.1.2.1.33.1.2.3", "upsEstimatedMinutesRemaining"),
        Variable("1.3.6.1.2.1.33.1.6.2.1.1", "upsAlarmId"),
        Variable("1.3.6.1.2.1.33.1.6.2.1.2", "upsAlarmDescr"),
        Variable("1.3.6.1.2.1.33.1.9.7", "upsConfigLowBattTime"),
        Variable("1.3.6.1.2.1.43.18.1.1.2", "prtAlertSeverityLevel", "other", "", "critical", "warning", "warningBinaryChangeEvent"),
        Variable("1.3.6.1.2.1.43.18.1.1.8", "prtAlertDescription"),
        Variable("1.3.6.1.2.1.88.2.1.1", "mteHotTrigger"),
        Variable("1.3.6.1.2.1.88.2.1.2", "mteHotTargetName"),
        Variable("1.3.6.1.2.1.88.2.1.4", "mteHotOID"),
        Variable("1.3.6.1.2.1.88.2.1.5", "mteHotValue"),
        Variable("1.3.6.1.4.1.9.2.2.1.1.20", "locIfReason"),
    ];

    /// <param name="words">The words of an enumeration that counts from 1; an empty one has no word.</param>
    private static VariableName Variable(string oid, string name, params string[] words) => new(
        Oid.Parse(oid), name,
        words.Length == 0 ? null : words.Index().Where(word => word.Item.Length > 0).ToDictionary(word => word.Index + 1L, word => word.Item));
}
