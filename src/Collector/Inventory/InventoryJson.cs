using System.Text.Json.Serialization;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Inventory.Files;
using NocMonitor.Collector.Inventory.Links;
using NocMonitor.Collector.Inventory.Proposals;

namespace NocMonitor.Collector.Inventory;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(ProposalList))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(DiscoveryReport))]
[JsonSerializable(typeof(DiscoveryAnswer))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(LinkList))]
[JsonSerializable(typeof(ParentRequest))]
[JsonSerializable(typeof(ParentAnswer))]
internal sealed partial class InventoryJson : JsonSerializerContext
{
    public static InventoryJson Plain { get; } = new(PlainJson.Options());
}
