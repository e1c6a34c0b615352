using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Devices as points tell of them: every host that something was stored for, with what its last SNMP poll answered about itself.</summary>
internal sealed class HeardDevices(HostBoard board, TimeSeriesStore store, InventoryOptions options, TimeProvider time)
{
    private const string Measurement = "snmp";

    /// <summary>Fields of the point <c>snmp</c> and what they are here; see docs/formats/snmp-points.md.</summary>
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["sysName"] = InventoryField.SysName,
        ["sysDescr"] = "description",
        ["sysObjectID"] = "objectId",
        ["sysLocation"] = "location",
        ["sysContact"] = "contact",
        ["profile"] = "profile",
        ["vendor"] = "vendor",
        ["model"] = "model",
        ["serial"] = InventoryField.Serial,
        ["version"] = "version",
    };

    public IReadOnlyList<HeardDevice> Read()
    {
        var facts = new Dictionary<string, DeviceFacts>(StringComparer.Ordinal);
        foreach (var point in LastPoints.Of(store, Measurement, time.GetUtcNow(), options.GoneAfter, Fields.Keys))
        {
            facts[point.Tag("host")] = new DeviceFacts(point.Fields.Select(field => KeyValuePair.Create(Fields[field.Key], field.Value)));
        }

        return
        [
            .. board.All.Where(host => Device.RefuseName(host.Name) is null).OrderBy(host => host.Name, StringComparer.Ordinal)
                .Select(host => Heard(host, facts.GetValueOrDefault(host.Name, DeviceFacts.None))),
        ];
    }

    private static HeardDevice Heard(KnownHost host, DeviceFacts facts)
    {
        var address = IpText.TryParse(host.Name, out var parsed) ? parsed.ToString() : "";
        var device = new Device(host.Name, facts.With([KeyValuePair.Create(InventoryField.Address, address)]));
        return new HeardDevice(device, host.FirstSeen, host.LastSeenNs > 0 ? UnixNanoseconds.ToTime(host.LastSeenNs) : null);
    }
}
