namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>One field that two sides say different things about; empty for nothing.</summary>
internal readonly record struct FieldDifference(string Field, string Before, string After)
{
    /// <summary>Where the new side knows something else. What it does not know is no difference: a device that was not asked has not lost its serial number.</summary>
    public static IReadOnlyList<FieldDifference> Between(DeviceFacts before, DeviceFacts after) =>
    [
        .. InventoryField.All.Where(field => after[field.Name].Length > 0 && !field.AreSame(before[field.Name], after[field.Name]))
            .Select(field => new FieldDifference(field.Name, before[field.Name], after[field.Name])),
    ];
}
