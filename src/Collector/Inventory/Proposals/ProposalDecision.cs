using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>Which proposals somebody decides on.</summary>
/// <param name="Names">Devices; null for all.</param>
/// <param name="Kind">Only of this kind; null for any.</param>
/// <param name="WithRejected">Also those that were rejected before.</param>
internal sealed record ProposalChoice(IReadOnlyCollection<string>? Names, ProposalKind? Kind, bool WithRejected)
{
    public IReadOnlyList<Proposal> Of(IEnumerable<Proposal> proposals, InventoryContent content) =>
    [
        .. proposals.Where(proposal => (Names is null || Names.Contains(proposal.Name, StringComparer.Ordinal)) && (Kind is null || proposal.Kind == Kind)
            && (WithRejected || !ProposalSource.IsRejected(proposal, content))),
    ];
}

/// <summary>Carries out what somebody decided about proposals. Nothing else changes the inventory but an import.</summary>
internal static class ProposalDecision
{
    public static void Accept(IEnumerable<Proposal> chosen, InventoryContent content, InventoryTables tables, string who, DateTimeOffset now)
    {
        var devices = content.Devices.ToDictionary(device => device.Device.Name, device => device.Device, StringComparer.Ordinal);
        foreach (var proposal in chosen)
        {
            tables.Unreject(proposal.Kind, proposal.Name);
            switch (proposal.Kind)
            {
                case ProposalKind.Gone:
                    devices.Remove(proposal.Name);
                    tables.Remove(proposal.Name);
                    break;
                case ProposalKind.Parent:
                    tables.SetParents(proposal.Name, InventoryField.Items(proposal.Changes[0].After));
                    break;
                default:
                    var before = devices.GetValueOrDefault(proposal.Name)?.Facts ?? DeviceFacts.None;
                    var device = new Device(proposal.Name, before.With(proposal.Changes.Select(change => KeyValuePair.Create(change.Field, change.After))));
                    devices[proposal.Name] = device;
                    tables.Save(device, who, now);
                    break;
            }
        }
    }

    public static void Reject(IEnumerable<Proposal> chosen, InventoryTables tables, string who, DateTimeOffset now)
    {
        foreach (var proposal in chosen)
        {
            tables.Reject(proposal, who, now);
        }
    }
}
