using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Which proposals somebody decides on.</summary>
/// <param name="Names">Devices; null for all.</param>
/// <param name="Kind">Only of this kind; null for any.</param>
/// <param name="WithRejected">Also those that were rejected before.</param>
internal sealed record ProposalChoice(IReadOnlyCollection<string>? Names, ProposalKind? Kind, bool WithRejected)
{
    public IReadOnlyList<Proposal> Of(IEnumerable<Proposal> proposals, InventoryContent content)
    {
        var names = Names?.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. proposals.Where(proposal => (names is null || names.Contains(proposal.Name)) && (Kind is null || proposal.Kind == Kind)
                && (WithRejected || !content.Rejects(proposal))),
        ];
    }
}

/// <summary>What somebody's decision about proposals changes, each for itself. Nothing else changes the inventory but an import.</summary>
internal static class ProposalDecision
{
    public static IEnumerable<Action<InventoryTables>> Accept(IEnumerable<Proposal> chosen, InventoryContent content, string who, DateTimeOffset now)
    {
        var devices = content.Devices.ToDictionary(device => device.Device.Name, device => device.Device, StringComparer.Ordinal);
        return chosen.Select(proposal =>
        {
            var change = Accept(proposal, devices, who, now);
            return new Action<InventoryTables>(tables =>
            {
                tables.Unreject(proposal.Kind, proposal.Name);
                change(tables);
            });
        });
    }

    public static IEnumerable<Action<InventoryTables>> Reject(IEnumerable<Proposal> chosen, string who, DateTimeOffset now) =>
        chosen.Select(proposal => new Action<InventoryTables>(tables => tables.Reject(proposal, who, now)));

    private static Action<InventoryTables> Accept(Proposal proposal, Dictionary<string, Device> devices, string who, DateTimeOffset now)
    {
        switch (proposal.Kind)
        {
            case ProposalKind.Gone:
                devices.Remove(proposal.Name);
                return tables => tables.Remove(proposal.Name);
            case ProposalKind.Parent:
                return tables => tables.SetParents(proposal.Name, InventoryField.Items(proposal.Changes[0].After));
            default:
                var before = devices.GetValueOrDefault(proposal.Name)?.Facts ?? DeviceFacts.None;
                var device = new Device(proposal.Name, before.With(proposal.Changes.Select(change => KeyValuePair.Create(change.Field, change.After))));
                devices[proposal.Name] = device;
                return tables => tables.Save(device, who, now);
        }
    }
}
