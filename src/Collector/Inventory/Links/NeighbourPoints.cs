using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>The neighbours that devices reported last, read from the store; docs/formats/snmp-points.md describes the points.</summary>
internal sealed class NeighbourPoints(TimeSeriesStore store, InventoryOptions options, TimeProvider time)
{
    private const string Measurement = "lldp_neighbor";

    /// <summary>Of several neighbours behind one port those count that were reported this long before the newest at most: an older one was unplugged.</summary>
    private static readonly TimeSpan SameRound = TimeSpan.FromMinutes(15);

    private static readonly string[] Fields =
    [
        "remote_chassis_id", "remote_name", "remote_address", "remote_port_id", "remote_port_description", "remote_platform", "local_port_id", "local_port_description",
        "protocol",
    ];

    public IReadOnlyList<Neighbour> Read() =>
    [
        .. LastPoints.Of(store, Measurement, time.GetUtcNow(), options.LinkAge, Fields).Select(Of)
            .Where(neighbour => neighbour.Host.Length > 0 && neighbour.Label.Length > 0)
            .GroupBy(neighbour => (neighbour.Host, neighbour.Port)).SelectMany(Newest),
    ];

    private static IEnumerable<Neighbour> Newest(IEnumerable<Neighbour> behindOnePort)
    {
        var newest = behindOnePort.Max(neighbour => neighbour.Time);
        return behindOnePort.Where(neighbour => newest - neighbour.Time <= SameRound);
    }

    private static Neighbour Of(LastPoint point) => new(
        point.Tag("host"), point.Tag("local_port"),
        Names(point.Tag("local_port"), point.Text("local_port_id"), point.Text("local_port_description")),
        Clean(point.Text("remote_chassis_id")), Clean(point.Text("remote_name")), IpText.Plain(Clean(point.Text("remote_address"))),
        Names(point.Text("remote_port_id"), point.Text("remote_port_description")),
        point.Text("protocol") is { Length: > 0 } protocol ? Clean(protocol) : "lldp", Clean(point.Text("remote_platform")), point.Time);

    private static string[] Names(params IEnumerable<string> names) => [.. names.Select(Clean).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string Clean(string text) => DeviceFacts.Line(text) is { Length: > Device.LongestName } line ? line[..Device.LongestName] : DeviceFacts.Line(text);
}
