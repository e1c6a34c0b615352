using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>The links between hosts and the parents that follow from them, at one moment.</summary>
internal sealed record Topology(IReadOnlyList<Link> Links, ParentFinder Parents);

/// <summary>Puts together what is needed to find the topology. Safe for concurrent use.</summary>
internal sealed class TopologySource(TimeSeriesStore store, NeighbourPoints neighbours, HostBoard board, InventoryOptions options, TimeProvider time)
{
    private const string Interfaces = "interface";
    private const string HardwareAddress = "ifPhysAddress";

    /// <summary>Reads what points say; what of it are known hosts depends on the inventory.</summary>
    public Func<InventoryContent, IReadOnlyCollection<HeardDevice>, Topology> Look()
    {
        var seen = neighbours.Read();
        (string, string)[] hardware = seen.Count == 0 ? []
            : [.. LastPoints.Of(store, Interfaces, time.GetUtcNow(), options.LinkAge, [HardwareAddress]).Select(point => (point.Tag("host"), point.Text(HardwareAddress)))];
        WatchedHost[] watched = [.. board.All.Select(host => new WatchedHost(host.Name, host.Agents))];
        return (content, heard) => Find(seen, hardware, watched, content, heard);
    }

    private Topology Find(
        IReadOnlyList<Neighbour> seen, (string, string)[] hardware, WatchedHost[] watched, InventoryContent content, IReadOnlyCollection<HeardDevice> heard)
    {
        var links = LinkBuilder.Build(seen, new HostDirectory(Hosts(content, heard, seen), hardware));
        return new Topology(links, ParentFinder.Find(new HostGraph(links), watched, options.Roots));
    }

    /// <summary>Every known host once: what people accepted of it counts more than what points say, and that more than what a discovery saw.</summary>
    private static List<Device> Hosts(InventoryContent content, IReadOnlyCollection<HeardDevice> heard, IReadOnlyList<Neighbour> seen)
    {
        var hosts = new Dictionary<string, Device>(StringComparer.Ordinal);
        var known = heard.Select(one => one.Device.Name).Concat(content.Devices.Select(one => one.Device.Name)).ToHashSet(StringComparer.Ordinal);
        var found = content.Observations.Select(one => one.Device).Where(device => known.Contains(device.Name));
        foreach (var device in found.Concat(heard.Select(one => one.Device)).Concat(content.Devices.Select(one => one.Device)))
        {
            hosts[device.Name] = hosts.TryGetValue(device.Name, out var earlier) ? device with { Facts = earlier.Facts.With(device.Facts.Texts) } : device;
        }

        foreach (var host in seen.Select(neighbour => neighbour.Host))
        {
            hosts.TryAdd(host, new Device(host, DeviceFacts.None));
        }

        return [.. hosts.Values];
    }
}
