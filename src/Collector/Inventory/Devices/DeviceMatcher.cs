namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>By what a device of one side was recognized on the other.</summary>
internal enum MatchedBy
{
    Nothing,
    Name,

    /// <summary>One side gives the name without its domain.</summary>
    ShortName,
    Address,
    Serial,
}

/// <summary>
/// Recognizes devices among known ones, in this order: name, name without the domain, management address (or another of its addresses), serial number. The name counts most because people and rules use it; a
/// swapped box with the old name shows as a difference of serial numbers. A key that several known devices share recognizes none. One owner while devices are added.
/// </summary>
internal sealed class DeviceMatcher
{
    private readonly Dictionary<string, Device?> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Device?> _shortNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Device?> _managementAddresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Device?> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Device?> _serials = new(StringComparer.OrdinalIgnoreCase);

    public DeviceMatcher(IEnumerable<Device> known)
    {
        foreach (var device in known)
        {
            Add(device);
        }
    }

    /// <summary>Adds a device, or what is newly known of one with the same name.</summary>
    public void Add(Device device)
    {
        Note(_names, device.Name, device);
        Note(_shortNames, ShortName(device.Name), device);
        Note(_managementAddresses, device.Facts[InventoryField.Address], device);
        Note(_serials, device.Facts[InventoryField.Serial], device);
        foreach (var address in device.AllAddresses)
        {
            Note(_addresses, address, device);
        }
    }

    public (Device? Device, MatchedBy By) Find(Device wanted)
    {
        if (Find(_names, wanted.Name) is { } named)
        {
            return (named, MatchedBy.Name);
        }

        if (Find(_shortNames, ShortName(wanted.Name)) is { } shortNamed && IsShort(shortNamed.Name) != IsShort(wanted.Name))
        {
            return (shortNamed, MatchedBy.ShortName);
        }

        if (FindByAddress(wanted) is { } addressed)
        {
            return (addressed, MatchedBy.Address);
        }

        return Find(_serials, wanted.Facts[InventoryField.Serial]) is { } numbered ? (numbered, MatchedBy.Serial) : (null, MatchedBy.Nothing);
    }

    /// <summary>The device of an address; the one that is managed by it first.</summary>
    public Device? FindByAddress(Device wanted) =>
        wanted.AllAddresses.Select(address => Find(_managementAddresses, address) ?? Find(_addresses, address)).FirstOrDefault(found => found is not null);

    /// <summary>The device of a name, with or without its domain.</summary>
    public Device? FindByName(string name) => Find(new Device(name, DeviceFacts.None)) is (var found, MatchedBy.Name or MatchedBy.ShortName) ? found : null;

    public Device? FindBySerial(string serial) => Find(_serials, serial);

    private static void Note(Dictionary<string, Device?> keys, string key, Device device)
    {
        if (key.Length > 0 && (!keys.TryGetValue(key, out var other) || other?.Name == device.Name))
        {
            keys[key] = device;
        }
        else if (key.Length > 0)
        {
            keys[key] = null;
        }
    }

    private static Device? Find(Dictionary<string, Device?> keys, string key) => key.Length == 0 ? null : keys.GetValueOrDefault(key);

    private static string ShortName(string name) => IpText.TryParse(name, out _) ? "" : name.Split('.')[0];

    private static bool IsShort(string name) => !name.Contains('.', StringComparison.Ordinal);
}
