using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>
/// Decides whether what was seen is a device that is known. More careful than a comparison of lists: devices out of the box are all called the same, so a name alone counts only where
/// neither serial number nor addresses speak against it.
/// </summary>
internal static class DeviceIdentity
{
    /// <summary>The known device that was seen; null when it is one that is not known.</summary>
    public static Device? Find(Device seen, DeviceMatcher known)
    {
        var sysName = seen.Facts[InventoryField.SysName];
        foreach (var name in new[] { seen.Name, sysName }.Where(name => name.Length > 0))
        {
            if (known.FindByName(name) is { } named && MayBeSame(named, seen))
            {
                return named;
            }
        }

        return known.FindByAddress(seen) is { } addressed ? addressed : known.FindBySerial(seen.Facts[InventoryField.Serial]);
    }

    /// <summary>Whether nothing speaks against two devices of one name being one.</summary>
    public static bool MayBeSame(Device one, Device other)
    {
        if (Proves(InventoryField.Serial) is { } bySerial)
        {
            return bySerial || SharesAddress();
        }

        return Proves(InventoryField.ChassisId) is true || !one.AllAddresses.Any() || !other.AllAddresses.Any() || SharesAddress();

        bool? Proves(string field) => one.Facts[field].Length > 0 && other.Facts[field].Length > 0
            ? InventoryField.Find(field)!.AreSame(one.Facts[field], other.Facts[field])
            : null;

        bool SharesAddress() => one.AllAddresses.Intersect(other.AllAddresses, StringComparer.OrdinalIgnoreCase).Any();
    }
}
