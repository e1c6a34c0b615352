using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Offers the parents that links give a host as dependencies, where others or none are accepted. A host that no link leads to keeps what it has.</summary>
internal static class ParentProposals
{
    public const string Source = "links";

    public static IEnumerable<Proposal> Find(ParentFinder parents, InventoryContent content, DateTimeOffset now) =>
        from host in parents.Found.Select(one => one.Host).Distinct(StringComparer.Ordinal)
        let before = InventoryField.Join(content.ParentsOf(host))
        let after = InventoryField.Join(parents.For(host)!.Select(ParentText.Of))
        where before != after && Device.RefuseName(host) is null
        select new Proposal(ProposalKind.Parent, host, Source, now, [new FieldDifference(ParentText.Field, before, after)]);
}
