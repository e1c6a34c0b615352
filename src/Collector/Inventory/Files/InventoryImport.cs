using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>What taking a file over into the inventory changes, device by device, by its reconciliation.</summary>
/// <param name="RemovesMissing">Whether what the file does not have is removed.</param>
internal sealed record InventoryImport(Reconciliation Report, bool RemovesMissing, string Who, DateTimeOffset Now)
{
    /// <summary>An empty cell leaves what is known, and a device keeps its name: rules and points know it by that.</summary>
    public IEnumerable<Action<InventoryTables>> Decisions(InventoryContent content)
    {
        foreach (var theirs in Report.TheirsOnly)
        {
            yield return tables =>
            {
                tables.Save(theirs.Device, Who, Now);
                SetParents(theirs.Device.Name, theirs.Parents, tables);
            };
        }

        var ours = content.Devices.ToDictionary(device => device.Device.Name, device => device.Device, StringComparer.Ordinal);
        foreach (var different in Report.Different)
        {
            yield return tables => Merge(ours[different.Ours], different.Theirs.Device.Facts, different.Theirs.Parents, tables);
        }

        foreach (var name in RemovesMissing ? Report.OursOnly : [])
        {
            yield return tables => tables.Remove(name);
        }
    }

    private void Merge(Device device, DeviceFacts facts, IReadOnlyList<string>? parents, InventoryTables tables)
    {
        if (FieldDifference.Between(device.Facts, facts).Count > 0)
        {
            tables.Save(device with { Facts = device.Facts.With(facts.Texts) }, Who, Now);
        }

        SetParents(device.Name, parents, tables);
    }

    private static void SetParents(string host, IReadOnlyList<string>? parents, InventoryTables tables)
    {
        if (parents is not null)
        {
            tables.SetParents(host, parents);
        }
    }
}
