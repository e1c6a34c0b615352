using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>
/// Fields that are floats whatever a device counts in: a field must not change its type from one device to the next, or the store refuses the second. The
/// list is that of docs/formats/snmp-points.md.
/// </summary>
internal static class FieldTypes
{
    private static readonly HashSet<string> Limits = ["value", "limit_low_critical", "limit_low_warning", "limit_high_warning", "limit_high_critical"];
    private static readonly HashSet<string> Loads = ["usage", "usage_5s", "usage_1m", "usage_5m", "load1", "load5", "load15"];
    private static readonly HashSet<string> Shares = ["used_percent", "level_percent"];
    private static readonly HashSet<string> Supply = ["minutes_remaining", "charge_percent", "load_percent", "battery_voltage", "battery_temperature"];

    private static readonly Dictionary<string, HashSet<string>> Floats = new(StringComparer.Ordinal)
    {
        ["sensor"] = Limits,
        ["snmp"] = Loads,
        ["snmp_cpu"] = Loads,
        ["snmp_memory"] = Shares,
        ["snmp_storage"] = Shares,
        ["printer_supply"] = Shares,
        ["printer_tray"] = Shares,
        ["ups"] = Supply,
    };

    public static bool IsFloat(string measurement, string field) => Floats.TryGetValue(measurement, out var fields) && fields.Contains(field);

    /// <summary>The value as a float; a text that begins with a number counts as one.</summary>
    public static bool TryFloat(ref FieldValue value)
    {
        if (value.Kind != FieldKind.Float)
        {
            value = FieldValue.Of(ValueNumbers.Of(value));
        }

        return double.IsFinite(value.Float);
    }
}
