using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>Takes a file over into the inventory, by its reconciliation. Works inside one transaction.</summary>
/// <param name="RemovesMissing">Whether what the file does not have is removed.</param>
internal sealed record InventoryImport(Reconciliation Report, bool RemovesMissing, string Who, DateTimeOffset Now)
{
    /// <summary>An empty cell leaves what is known, and a device keeps its name: rules and points know it by that.</summary>
    public void Apply(InventoryContent content, InventoryTables tables)
    {
        foreach (var theirs in Report.TheirsOnly)
        {
            tables.Save(theirs.Device, Who, Now);
            SetParents(theirs.Device.Name, theirs.Parents, tables);
        }

        var ours = content.Devices.ToDictionary(device => device.Device.Name, device => device.Device, StringComparer.Ordinal);
        foreach (var different in Report.Different)
        {
            var device = ours[different.Ours];
            if (FieldDifference.Between(device.Facts, different.Theirs.Device.Facts).Count > 0)
            {
                tables.Save(device with { Facts = device.Facts.With(different.Theirs.Device.Facts.Texts) }, Who, Now);
            }

            SetParents(different.Ours, different.Theirs.Parents, tables);
        }

        foreach (var name in RemovesMissing ? Report.OursOnly : [])
        {
            tables.Remove(name);
        }
    }

    private static void SetParents(string host, IReadOnlyList<string>? parents, InventoryTables tables)
    {
        if (parents is not null)
        {
            tables.SetParents(host, parents);
        }
    }
}
