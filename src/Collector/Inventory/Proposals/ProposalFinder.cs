using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>What points say of a device: when it was first and last heard of, and what the last poll answered.</summary>
internal sealed record HeardDevice(Device Device, DateTimeOffset FirstSeen, DateTimeOffset? LastSeen);

/// <summary>
/// Finds what should be proposed, from what was accepted and what was seen. Pure: proposals are not stored but follow from these two, so none is out of date, and one whose reason
/// has gone is gone with it.
/// </summary>
internal static class ProposalFinder
{
    public const string FromDiscovery = "discovery";
    public const string FromPoints = "points";

    /// <param name="goneAfter">How long a device that once sent points may send none.</param>
    public static IReadOnlyList<Proposal> Find(
        IReadOnlyCollection<AcceptedDevice> accepted, IReadOnlyCollection<ObservedDevice> observations, IReadOnlyCollection<HeardDevice> heard,
        DateTimeOffset now, TimeSpan goneAfter)
    {
        var matcher = new DeviceMatcher(accepted.Select(device => device.Device));
        var known = accepted.ToDictionary(device => device.Device.Name, StringComparer.Ordinal);
        var proposals = new Dictionary<(ProposalKind, string), Proposal>();
        foreach (var observation in observations)
        {
            Add(proposals, Of(observation, matcher));
        }

        var found = new DeviceMatcher(observations.Where(one => one.AbsentSince is null).Select(one => one.Device));
        foreach (var one in heard)
        {
            Add(proposals, Of(one, matcher, found, now, goneAfter));
        }

        return [.. proposals.Values.Where(proposal => proposal.Kind == ProposalKind.New || known.ContainsKey(proposal.Name))
            .OrderBy(proposal => proposal.Kind).ThenBy(proposal => proposal.Name, StringComparer.Ordinal)];
    }

    private static void Add(Dictionary<(ProposalKind, string), Proposal> proposals, Proposal? proposal)
    {
        if (proposal is null)
        {
            return;
        }

        // Discovery comes first and asks more; points may add what it did not say.
        var key = (proposal.Kind, proposal.Name);
        if (!proposals.TryGetValue(key, out var earlier))
        {
            proposals.Add(key, proposal);
        }
        else if (proposal.Kind is ProposalKind.Changed)
        {
            var more = proposal.Changes.Where(change => earlier.Changes.All(other => other.Field != change.Field));
            proposals[key] = earlier with { Changes = [.. earlier.Changes, .. more] };
        }
    }

    private static Proposal? Of(ObservedDevice observation, DeviceMatcher accepted)
    {
        var device = DeviceIdentity.Find(observation.Device, accepted);
        if (observation.AbsentSince is { } since)
        {
            return device is null ? null : new Proposal(ProposalKind.Gone, device.Name, FromDiscovery, since, []);
        }

        return Of(observation.Device, device, FromDiscovery, observation.SeenAt);
    }

    private static Proposal? Of(HeardDevice heard, DeviceMatcher accepted, DeviceMatcher found, DateTimeOffset now, TimeSpan goneAfter)
    {
        var device = DeviceIdentity.Find(heard.Device, accepted);
        if (heard.LastSeen is { } last && now - last > goneAfter)
        {
            return device is null ? null : new Proposal(ProposalKind.Gone, device.Name, FromPoints, last, []);
        }

        // What discovery proposes already is not proposed again under the name that points use.
        return device is null && DeviceIdentity.Find(heard.Device, found) is not null
            ? null
            : Of(heard.Device, device, FromPoints, device is null ? heard.FirstSeen : heard.LastSeen ?? heard.FirstSeen);
    }

    private static Proposal? Of(Device seen, Device? accepted, string source, DateTimeOffset at)
    {
        var changes = FieldDifference.Between(accepted?.Facts ?? DeviceFacts.None, seen.Facts);
        return accepted is null ? new Proposal(ProposalKind.New, seen.Name, source, at, changes)
            : changes.Count > 0 ? new Proposal(ProposalKind.Changed, accepted.Name, source, at, changes)
            : null;
    }
}
