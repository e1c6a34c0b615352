using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>The unit that the class of a sensor stands for; docs/formats/snmp-points.md has the same list.</summary>
internal static class SensorUnits
{
    private static readonly Dictionary<string, string> ByClass = new(StringComparer.Ordinal)
    {
        ["temperature"] = "°C",
        ["voltage"] = "V",
        ["current"] = "A",
        ["power"] = "W",
        ["apparent_power"] = "VA",
        ["energy"] = "Wh",
        ["frequency"] = "Hz",
        ["power_factor"] = "1",
        ["charge"] = "%",
        ["load"] = "%",
        ["percent"] = "%",
        ["humidity"] = "%",
        ["runtime"] = "min",
        ["fanspeed"] = "rpm",
        ["airflow"] = "m³/min",
        ["dbm"] = "dBm",
        ["latency"] = "ms",
        ["jitter"] = "ms",
        ["phase_angle"] = "°",
    };

    /// <summary>Adds the unit, unless the profile states one or the class has none.</summary>
    public static void Complete(Point point)
    {
        if (point.FindTag("class") is { } kind && ByClass.TryGetValue(kind, out var unit) && point.FindField("unit") is null)
        {
            point.Field("unit", unit);
        }
    }
}
