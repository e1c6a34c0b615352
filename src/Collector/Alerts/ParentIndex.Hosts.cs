namespace NocMonitor.Collector.Alerts;

/// <summary>Parents of another kind: hosts that are on the way to the alert's host.</summary>
internal sealed partial class ParentIndex
{
    private static readonly Dependency OwnHost = new(HostParents.Rule, "host");

    private enum Reach
    {
        /// <summary>Nothing is known that would keep packets from arriving.</summary>
        Open,

        /// <summary>A parent has not been looked at since the trouble began.</summary>
        NotKnown,

        /// <summary>All parents are down.</summary>
        Cut,
    }

    /// <summary>
    /// Whether an alert says no more than that the way to its host is cut: when all parents of the host are down, or themselves cut off. The page of a host that does not answer waits until they were looked at
    /// after it fell silent; a page about anything else on a host only looks at where they stand.
    /// </summary>
    private (PageState State, string Parent) DecideByHosts(OpenAlert alert, bool mayHold)
    {
        var isDown = alert.Key.Rule == HostParents.Rule;
        if (!isDown && !alert.DependsOn.Contains(OwnHost))
        {
            return (PageState.Paged, "");
        }

        var (reach, parent) = ReachOf(alert.Labels["host"], alert.Labels["agent"], isDown ? alert.Since : long.MinValue, new Dictionary<string, (Reach, string)>(StringComparer.Ordinal));
        return reach switch
        {
            Reach.Cut => (PageState.Suppressed, $"{HostParents.Rule} of {parent}"),
            Reach.NotKnown when mayHold => (PageState.Held, $"{HostParents.Rule} of {parent}"),
            _ => (PageState.Paged, ""),
        };
    }

    /// <param name="since">When the trouble began, in Unix milliseconds of sample time.</param>
    /// <param name="found">What was found out on the way: each host is asked once.</param>
    private (Reach Reach, string Parent) ReachOf(string host, string agent, long since, Dictionary<string, (Reach, string)> found) =>
        found.TryGetValue(host, out var known) ? known : found[host] = Look(_hosts.Of(host, agent), agent, since, found);

    private (Reach Reach, string Parent) Look(IReadOnlyList<string> parents, string agent, long since, Dictionary<string, (Reach, string)> found)
    {
        var (reach, name) = (parents.Count == 0 ? Reach.Open : Reach.Cut, "");
        foreach (var parent in parents)
        {
            var (one, by) = StateOf(parent, agent, since, found);
            if (one == Reach.Open)
            {
                return (Reach.Open, "");
            }

            // Of several the first is named; one that is not known speaks for all.
            (reach, name) = one == Reach.NotKnown && reach != Reach.NotKnown ? (one, by) : (reach, name.Length > 0 ? name : by);
        }

        return (reach, name);
    }

    private (Reach Reach, string By) StateOf(string parent, string agent, long since, Dictionary<string, (Reach, string)> found)
    {
        if (!_groups.TryGetValue((OwnHost, parent), out var group))
        {
            // Nobody looks whether it answers: what is before it decides.
            return ReachOf(parent, agent, since, found);
        }

        if (group.Firing.Count > 0)
        {
            return (Reach.Cut, parent);
        }

        var looked = _hosts.LookedAt(parent) is { } time && time / 1_000_000 >= since;
        return group.Pending.Count > 0 || group.Unheard.Count > 0 || !looked ? (Reach.NotKnown, parent) : (Reach.Open, "");
    }
}
