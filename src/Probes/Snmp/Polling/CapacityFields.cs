using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Completes total, used, free and used_percent from those that the device says.</summary>
internal static class CapacityFields
{
    /// <summary>False when there is no total above 0: then the row says nothing.</summary>
    public static bool Complete(Point point)
    {
        var total = Number(point, "total");
        var used = Number(point, "used");
        var free = Number(point, "free");
        var percent = Number(point, "used_percent");
        total = double.IsNaN(total) ? used + free : total;
        if (double.IsNaN(total) || total <= 0)
        {
            // A device that states the share only has said what matters.
            return double.IsNaN(total) && double.IsFinite(percent);
        }

        used = double.IsNaN(used) ? double.IsNaN(free) ? total * percent / 100 : total - free : used;
        free = double.IsNaN(free) ? total - used : free;
        Set(point, "total", total);
        Set(point, "used", used);
        Set(point, "free", free);
        if (double.IsNaN(percent) && double.IsFinite(used))
        {
            point.Field("used_percent", 100 * used / total);
        }

        return true;
    }

    private static double Number(Point point, string name) => point.FindField(name) is { } value ? ValueNumbers.Of(value) : double.NaN;

    /// <summary>Whole bytes, whatever the device counts in.</summary>
    private static void Set(Point point, string name, double value)
    {
        if (double.IsFinite(value) && point.FindField(name) is not { Kind: FieldKind.Integer })
        {
            point.Field(name, (long)Math.Round(value));
        }
    }
}
