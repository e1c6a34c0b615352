namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>A device as somebody accepted or observed it: the name by which points call it (tag <c>host</c>), and what is known of it.</summary>
internal sealed record Device(string Name, DeviceFacts Facts)
{
    public const int LongestName = 255;

    /// <summary>Every address it is known by, the management address first. A device that is named by its address has that too.</summary>
    public IEnumerable<string> AllAddresses =>
        new[] { Facts[InventoryField.Address], IpText.TryParse(Name, out _) ? IpText.Plain(Name) : "" }
            .Concat(InventoryField.Items(Facts[InventoryField.Addresses]).Select(IpText.Plain))
            .Where(address => address.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a text cannot be a device's name; null when it can.</summary>
    public static string? RefuseName(string name) =>
        name.Length == 0 ? "a device needs a name"
        : name.Length > LongestName ? $"a name has at most {LongestName} characters"
        : name.Any(char.IsControl) ? "a name has no control characters"
        : null;
}

/// <summary>A device of the inventory.</summary>
internal sealed record AcceptedDevice(Device Device, DateTimeOffset AcceptedAt, string AcceptedBy);
