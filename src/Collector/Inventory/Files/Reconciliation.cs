using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Files;

/// <summary>A device that both sides have and say different things about.</summary>
/// <param name="Theirs">Its name in the file.</param>
internal sealed record DifferentDevice(string Ours, FileDevice Theirs, MatchedBy By, IReadOnlyList<FieldDifference> Fields);

/// <summary>Our inventory against a file: what only one side has, and field by field what they say differently. The side before is ours.</summary>
internal sealed record Reconciliation(
    IReadOnlyList<string> OursOnly, IReadOnlyList<FileDevice> TheirsOnly, IReadOnlyList<DifferentDevice> Different, int Same, IReadOnlyList<FileFault> Faults)
{
    /// <summary>Each of ours is matched once: first all that agree by name, then by address, then by serial number, so that a weak match never takes a device from a strong one.</summary>
    public static Reconciliation Compare(InventoryContent ours, InventoryFile theirs)
    {
        var unmatched = ours.Devices.Select(accepted => accepted.Device).ToDictionary(device => device.Name, StringComparer.Ordinal);
        List<FileDevice> left = [.. theirs.Devices];
        var pairs = new List<(Device Ours, FileDevice Theirs, MatchedBy By)>();
        foreach (var by in new[] { MatchedBy.Name, MatchedBy.ShortName, MatchedBy.Address, MatchedBy.Serial })
        {
            Match(by, unmatched, left, pairs);
        }

        List<DifferentDevice> all =
        [
            .. pairs.OrderBy(pair => pair.Ours.Name, StringComparer.Ordinal)
                .Select(pair => new DifferentDevice(pair.Ours.Name, pair.Theirs, pair.By, Differences(pair.Ours, ours.ParentsOf(pair.Ours.Name), pair.Theirs, theirs.Fields))),
        ];
        return new Reconciliation(
            [.. unmatched.Keys.Order(StringComparer.Ordinal)], left, [.. all.Where(pair => pair.Fields.Count > 0)], all.Count(pair => pair.Fields.Count == 0), theirs.Faults);
    }

    private static void Match(MatchedBy by, Dictionary<string, Device> ours, List<FileDevice> theirs, List<(Device Ours, FileDevice Theirs, MatchedBy By)> pairs)
    {
        var matcher = new DeviceMatcher(ours.Values);

        // A key that several rows of the file share proves nothing either.
        var found = theirs.Select(device => (Theirs: device, Match: matcher.Find(device.Device))).Where(pair => pair.Match.By == by).ToList();
        foreach (var group in found.GroupBy(pair => pair.Match.Device!.Name, StringComparer.Ordinal).Where(group => group.Count() == 1))
        {
            var pair = group.Single();
            pairs.Add((pair.Match.Device!, pair.Theirs, by));
            ours.Remove(group.Key);
        }

        var matched = pairs.Select(pair => pair.Theirs).ToHashSet();
        theirs.RemoveAll(matched.Contains);
    }

    /// <summary>What a file leaves empty although it has the column counts here: that theirs lacks a serial number is what an audit looks for.</summary>
    private static List<FieldDifference> Differences(Device ours, IEnumerable<string> ourParents, FileDevice theirs, IReadOnlySet<string> fields)
    {
        List<FieldDifference> differences =
        [
            .. InventoryField.All.Where(field => fields.Contains(field.Name) && !field.AreSame(ours.Facts[field.Name], theirs.Device.Facts[field.Name]))
                .Select(field => new FieldDifference(field.Name, ours.Facts[field.Name], theirs.Device.Facts[field.Name])),
        ];
        if (!string.Equals(ours.Name, theirs.Device.Name, StringComparison.OrdinalIgnoreCase))
        {
            differences.Insert(0, new FieldDifference(InventoryFile.Name, ours.Name, theirs.Device.Name));
        }

        if (fields.Contains(InventoryFile.Parents) && !ourParents.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(theirs.Parents ?? []))
        {
            differences.Add(new FieldDifference(InventoryFile.Parents, InventoryField.Join(ourParents), InventoryField.Join(theirs.Parents ?? [])));
        }

        return differences;
    }
}
