using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>
/// Finds the known host that a neighbour is, in this order: chassis id (the one it gives itself, or the hardware address of one of its interfaces), name, management address. A chassis id that several
/// hosts have, as stacks and copied images do, finds none. Immutable.
/// </summary>
internal sealed class HostDirectory
{
    private readonly Dictionary<string, string?> _chassis = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly DeviceMatcher _devices;

    /// <param name="hosts">Known hosts with what is known of them.</param>
    /// <param name="hardware">Hosts with the hardware addresses of their interfaces.</param>
    public HostDirectory(IReadOnlyCollection<Device> hosts, IEnumerable<(string Host, string Mac)> hardware)
    {
        _devices = new DeviceMatcher(hosts);
        foreach (var host in hosts)
        {
            Note(_chassis, PortName.Plain(host.Facts[InventoryField.ChassisId]), host.Name);
            Note(_names, host.Facts[InventoryField.SysName], host.Name);
        }

        var own = _chassis.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (host, mac) in hardware)
        {
            // What a device says of itself counts more than an address that a clone may share.
            if (PortName.Mac(mac) is { } plain && !own.Contains(plain))
            {
                Note(_chassis, plain, host);
            }
        }
    }

    /// <summary>The host's name; null when it is none of them.</summary>
    public string? Find(Neighbour neighbour) =>
        (neighbour.ChassisId.Length > 0 ? _chassis.GetValueOrDefault(PortName.Plain(neighbour.ChassisId)) : null)
        ?? FindByName(neighbour.Name)
        ?? (neighbour.Address.Length > 0 ? _devices.FindByAddress(new Device(neighbour.Address, DeviceFacts.None))?.Name : null);

    private string? FindByName(string name) => name.Length == 0 ? null
        : _devices.FindByName(name)?.Name ?? _names.GetValueOrDefault(name) ?? _names.GetValueOrDefault(name.Split('.')[0]);

    private static void Note(Dictionary<string, string?> keys, string key, string host)
    {
        if (key.Length > 0)
        {
            keys[key] = !keys.TryGetValue(key, out var other) || other == host ? host : null;
        }
    }
}
