using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Brings together what proposals follow from. Safe for concurrent use.</summary>
internal sealed class ProposalSource(HeardDevices heard, TopologySource topology, InventoryOptions options, TimeProvider time)
{
    /// <summary>Looks at what points say now; the result finds all proposals for an inventory, those that were rejected too. Two steps, because the first takes a while and the second runs while nobody else may change the inventory.</summary>
    public Func<InventoryContent, IReadOnlyList<Proposal>> Look()
    {
        var devices = heard.Read();
        var find = topology.Look();
        var now = time.GetUtcNow();
        return content =>
        [
            .. ProposalFinder.Find(content.Devices, content.Observations, devices, now, options.GoneAfter),
            .. ParentProposals.Find(find(content, devices).Parents, content, now),
        ];
    }
}
