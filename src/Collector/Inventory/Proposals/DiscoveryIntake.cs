using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Turns a report into observations: who is seen again, who is new, who was looked for and not found. Works inside one transaction.</summary>
internal sealed class DiscoveryIntake(DiscoveryReport report, InventoryContent content, InventoryTables tables, DateTimeOffset now)
{
    private readonly Dictionary<string, ObservedDevice> _observations = content.Observations.ToDictionary(one => one.Device.Name, StringComparer.Ordinal);
    private readonly DeviceMatcher _accepted = new(content.Devices.Select(device => device.Device));
    private readonly DeviceMatcher _observed = new(content.Observations.Select(one => one.Device));
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    /// <summary>Why a report cannot be taken; null when it can.</summary>
    public static string? Refuse(DiscoveryReport report)
    {
        if (report.Id is not { Length: > 0 and <= 64 } id || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            return "id is needed: 1 to 64 letters, digits and dashes";
        }

        if (string.IsNullOrWhiteSpace(report.Agent) || report.Agent.Length > Device.LongestName || report.Agent.Any(char.IsControl))
        {
            return "agent is needed: the name of who looked";
        }

        if (report.Devices?.Count > DiscoveryReport.MostDevices || report.Ranges?.Count > DiscoveryReport.MostRanges || report.Excluded?.Count > DiscoveryReport.MostRanges)
        {
            return $"a report has at most {DiscoveryReport.MostDevices} devices and {DiscoveryReport.MostRanges} ranges; send it in parts";
        }

        var range = (report.Ranges ?? []).Concat(report.Excluded ?? []).FirstOrDefault(text => !AddressRange.TryParse(text, out _));
        if (range is not null)
        {
            return $"'{DeviceFacts.Line(range)}' is not a range such as 10.0.0.1-10.0.0.254";
        }

        var device = report.Devices?.FirstOrDefault(device => device?.Address is null || !IpText.TryParse(device.Address, out _));
        return report.Devices is null || report.Devices.All(one => one?.Address is not null && IpText.TryParse(one.Address, out _)) ? null
            : $"'{DeviceFacts.Line(device?.Address)}' is not the address of a device";
    }

    public DiscoveryAnswer Take()
    {
        var (added, changed, unchanged) = (0, 0, 0);
        foreach (var found in report.Devices ?? [])
        {
            var seen = Observe(found);
            var accepted = DeviceIdentity.Find(seen, _accepted);
            added += accepted is null ? 1 : 0;
            changed += accepted is not null && FieldDifference.Between(accepted.Facts, seen.Facts).Count > 0 ? 1 : 0;
            unchanged += accepted is not null && FieldDifference.Between(accepted.Facts, seen.Facts).Count == 0 ? 1 : 0;
        }

        return new DiscoveryAnswer(added, changed, unchanged, report.Complete ? NoteAbsent() : 0);
    }

    private Device Observe(DiscoveredDevice found)
    {
        var address = IpText.Plain(found.Address!);
        var facts = new DeviceFacts(found.Facts ?? DeviceFacts.None.Texts).With([KeyValuePair.Create(InventoryField.Address, address)]);
        var sysName = facts[InventoryField.SysName];
        var seen = new Device(Device.RefuseName(sysName) is null ? sysName : address, facts);
        var earlier = Earlier(seen);
        if (earlier is not null)
        {
            seen = Merge(earlier, seen);
        }
        else if (_observations.ContainsKey(seen.Name))
        {
            seen = seen with { Name = address };
        }

        _observations[seen.Name] = new ObservedDevice(seen, report.Agent!, report.Id!, now, null);
        tables.Save(_observations[seen.Name]);
        _observed.Add(seen);
        return seen;
    }

    private ObservedDevice? Earlier(Device seen) =>
        DeviceIdentity.Find(seen, _observed) is { } known ? _observations[_renamed.GetValueOrDefault(known.Name, known.Name)] : null;

    /// <summary>
    /// What was known stays where nothing new is said. A device with several addresses in one run keeps the one by which it was found first; one that was known by its address only gets its name.
    /// </summary>
    private Device Merge(ObservedDevice earlier, Device seen)
    {
        var facts = earlier.Device.Facts.With(seen.Facts.Texts);
        if (earlier.Discovery == report.Id && earlier.Device.Facts[InventoryField.Address] is { Length: > 0 } first && first != seen.Facts[InventoryField.Address])
        {
            facts = facts.With(
            [
                KeyValuePair.Create(InventoryField.Address, first),
                KeyValuePair.Create(InventoryField.Addresses, InventoryField.Join(earlier.Device.AllAddresses.Concat(seen.AllAddresses))),
            ]);
        }

        var isNamed = !IpText.TryParse(earlier.Device.Name, out _);
        var name = isNamed || _observations.ContainsKey(seen.Name) ? earlier.Device.Name : seen.Name;
        if (name != earlier.Device.Name)
        {
            _observations.Remove(earlier.Device.Name);
            _renamed[earlier.Device.Name] = name;
            tables.RemoveObservation(earlier.Device.Name);
        }

        return new Device(name, facts);
    }

    /// <summary>Devices of the inventory whose address was asked and that no part of this run brought.</summary>
    private int NoteAbsent()
    {
        var ranges = Parse(report.Ranges);
        var excluded = Parse(report.Excluded);
        var seen = new DeviceMatcher(_observations.Values.Where(one => one.Discovery == report.Id && one.AbsentSince is null).Select(one => one.Device));
        var count = 0;
        foreach (var device in content.Devices.Select(device => device.Device))
        {
            var address = device.AllAddresses.FirstOrDefault();
            if (address is null || !IpText.TryParse(address, out var parsed) || !ranges.Exists(range => range.Contains(parsed)) || excluded.Exists(range => range.Contains(parsed))
                || DeviceIdentity.Find(device, seen) is not null)
            {
                continue;
            }

            count++;
            var absent = Earlier(device) is not { } earlier
                ? new ObservedDevice(device, report.Agent!, report.Id!, now, now)
                : earlier with { AbsentSince = earlier.AbsentSince ?? now };
            _observations[absent.Device.Name] = absent;
            tables.Save(absent);
        }

        return count;
    }

    private static List<AddressRange> Parse(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(text => AddressRange.TryParse(text, out var range) ? range : default)];
}
