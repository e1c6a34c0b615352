using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;

namespace NocMonitor.Collector.Inventory;

/// <summary>A device of the inventory as the API shows it.</summary>
/// <param name="Parents">Hosts on the way to it that were accepted as dependencies.</param>
/// <param name="Agent">Who watches it, when points come.</param>
/// <param name="LastSeen">The time of its newest point, or when discovery last found it.</param>
internal sealed record DeviceView(
    string Name, IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Parents, string? Agent, DateTimeOffset? LastSeen, DateTimeOffset AcceptedAt,
    string AcceptedBy);

/// <summary>All devices of the inventory by name.</summary>
internal sealed record DeviceList(IReadOnlyList<DeviceView> Devices);

/// <summary>A field that changes; without <c>before</c> it was not known.</summary>
internal sealed record ChangeView(string Field, string? Before, string? After)
{
    public static ChangeView Of(FieldDifference difference) =>
        new(difference.Field, difference.Before.Length > 0 ? difference.Before : null, difference.After.Length > 0 ? difference.After : null);
}

/// <summary>A change of the inventory that somebody may accept or reject.</summary>
/// <param name="Kind"><c>new</c>, <c>changed</c>, <c>gone</c> or <c>parent</c>.</param>
/// <param name="Source">Where it comes from: <c>discovery</c>, <c>points</c> or <c>links</c>.</param>
internal sealed record ProposalView(string Kind, string Name, string Source, DateTimeOffset At, IReadOnlyList<ChangeView> Changes, bool Rejected)
{
    public static ProposalView Of(Proposal proposal, bool rejected) => new(
        InventoryTables.Word(proposal.Kind), proposal.Name, proposal.Source, proposal.At, [.. proposal.Changes.Select(ChangeView.Of)], rejected);
}

/// <summary>What is proposed, by kind and name.</summary>
internal sealed record ProposalList(IReadOnlyList<ProposalView> Proposals);

/// <summary>Which proposals to accept or reject.</summary>
/// <param name="Names">The devices; leave out to mean all.</param>
/// <param name="All">True to mean all; with neither names nor this nothing is decided.</param>
/// <param name="Kind">Only proposals of this kind.</param>
/// <param name="By">Who decides; the token's name unless given.</param>
internal sealed record DecisionRequest(IReadOnlyList<string>? Names, bool? All, string? Kind, string? By);

/// <summary>What was decided, and the names that nothing was proposed for.</summary>
internal sealed record DecisionAnswer(IReadOnlyList<ProposalView> Decided, IReadOnlyList<string> Unknown);
