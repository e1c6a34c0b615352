using System.Globalization;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>Compares what a poll stored with one expected value: integers bit for bit, scaled values within 1e-4.</summary>
internal static class RecordedConformance
{
    private const double Tolerance = 1e-4;

    /// <summary>Null when the value is stored as expected, else what is stored instead.</summary>
    public static string? FailureOf(PolledDevices polled, RecordedCheck check) => check.Kind switch
    {
        "if" => OfInterface(polled.Interface(check.Device, check.Body.GetProperty("ifIndex").GetInt64()), check),
        "sensor" => OfSensor(polled.ByObject(check.Device, check.Oid), check),
        "processor" => polled.ByObject(check.Device, check.Oid) is { Measurement: "snmp_cpu" } cpu ? Near(cpu, "usage", check.Number("expect")) : "no point",
        _ => OfCapacity(polled.ByObject(check.Device, check.Oid), check),
    };

    private static string? OfInterface(Point? point, RecordedCheck check)
    {
        if (point is null)
        {
            return "no point";
        }

        if (point.FindTag("ifName") != check.Text("ifName"))
        {
            return $"is {point.FindTag("ifName")}";
        }

        var field = check.Text("width") == "hc" ? check.Text("field").Insert(2, "HC") : check.Text("field");
        var stored = point.FindField(field)?.ToString();
        return stored == check.Text("expect") ? null : $"{field} is {stored ?? "missing"}, not {check.Text("expect")}";
    }

    private static string? OfSensor(Point? point, RecordedCheck check) =>
        point is not { Measurement: "sensor" } ? "no point"
        : point.FindField("value") is not { Kind: FieldKind.Float } ? "value is no float"
        : Near(point, "value", check.Number("expect"));

    private static string? OfCapacity(Point? point, RecordedCheck check)
    {
        if (point is not { Measurement: "snmp_memory" or "snmp_storage" })
        {
            return "no point";
        }

        var total = check.Kind == "storage" ? "size" : "total";
        return Whole(point, "total", check.Number(total)) ?? Whole(point, "used", check.Number("used")) ?? Whole(point, "free", check.Number("free"))
            ?? (Math.Abs(NumberOf(point, "used_percent") - check.Number("perc")) <= 0.51 ? null : $"used_percent is {NumberOf(point, "used_percent")}");
    }

    private static string? Whole(Point point, string field, double expected) =>
        point.FindField(field) is { Kind: FieldKind.Integer } value && value.Integer == (long)expected ? null
        : $"{field} is {point.FindField(field)?.ToString() ?? "missing"}, not {expected}";

    private static string? Near(Point point, string field, double expected)
    {
        var stored = NumberOf(point, field);
        return Math.Abs(stored - expected) <= Math.Abs(expected) * Tolerance ? null : $"{field} is {stored}, not {expected}";
    }

    private static double NumberOf(Point point, string field) => point.FindField(field) is { } value
        && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
