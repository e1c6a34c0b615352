using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Brings together what proposals follow from. Safe for concurrent use.</summary>
internal sealed class ProposalSource(HeardDevices heard, InventoryOptions options, TimeProvider time)
{
    /// <summary>All proposals, those that were rejected too.</summary>
    public IReadOnlyList<Proposal> Find(InventoryContent content) =>
        ProposalFinder.Find(content.Devices, content.Observations, heard.Read(), time.GetUtcNow(), options.GoneAfter);

    public static bool IsRejected(Proposal proposal, InventoryContent content) =>
        content.Rejections.Any(one => one.Kind == proposal.Kind && one.Name == proposal.Name && one.Digest == proposal.Digest);
}
