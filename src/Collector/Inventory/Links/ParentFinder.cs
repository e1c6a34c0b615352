using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Inventory.Links;

/// <summary>A host with the agents that watch it.</summary>
internal readonly record struct WatchedHost(string Name, IReadOnlyList<string> Agents);

/// <summary>Where the ways of an agent begin, and how far they lead.</summary>
/// <param name="Root">The host it is connected to, or its own machine; null when no link says.</param>
/// <param name="Watched">Hosts that it watches.</param>
/// <param name="Reached">How many of them the links lead to.</param>
internal sealed record AgentRoot(string Agent, string? Root, int Watched, int Reached);

/// <summary>The parents that links give a host, as one agent sees it.</summary>
internal sealed record FoundParents(string Host, string Agent, IReadOnlyList<string> Parents, int Hops);

/// <summary>Finds each host's parents towards the agents that watch it. Pure.</summary>
internal sealed class ParentFinder
{
    private ParentFinder(IReadOnlyList<FoundParents> found, IReadOnlyList<AgentRoot> roots) => (Found, Roots) = (found, roots);

    public IReadOnlyList<FoundParents> Found { get; }

    public IReadOnlyList<AgentRoot> Roots { get; }

    /// <param name="configured">For an agent the host that it is connected to.</param>
    public static ParentFinder Find(HostGraph graph, IReadOnlyCollection<WatchedHost> hosts, IReadOnlyDictionary<string, string> configured)
    {
        var found = new List<FoundParents>();
        var roots = new List<AgentRoot>();
        foreach (var agent in hosts.SelectMany(host => host.Agents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            List<string> watched = [.. hosts.Where(host => host.Agents.Contains(agent, StringComparer.Ordinal)).Select(host => host.Name).Order(StringComparer.Ordinal)];
            var root = configured.GetValueOrDefault(agent) ?? agent;
            if (!graph.Contains(root))
            {
                roots.Add(new AgentRoot(agent, null, watched.Count, 0));
                continue;
            }

            var ways = graph.WaysFrom(root, isAgent: !configured.ContainsKey(agent));
            List<string> reached = [.. watched.Where(ways.ContainsKey)];
            found.AddRange(reached.Where(host => host != agent).Select(host => new FoundParents(host, agent, ways[host].Parents, ways[host].Hops)));
            roots.Add(new AgentRoot(agent, root, watched.Count, reached.Count));
        }

        return new ParentFinder([.. found.OrderBy(one => one.Host, StringComparer.Ordinal).ThenBy(one => one.Agent, StringComparer.Ordinal)], roots);
    }

    /// <summary>The dependencies to offer for a host: common ones where all agents that see a way agree, else each agent's own. Null when no agent sees any.</summary>
    public IReadOnlyList<HostDependency>? For(string host)
    {
        List<FoundParents> seen = [.. Found.Where(one => one.Host == host)];
        if (seen.Count == 0)
        {
            return null;
        }

        var agree = seen.All(one => one.Parents.SequenceEqual(seen[0].Parents, StringComparer.Ordinal));
        return agree
            ? [.. seen[0].Parents.Select(parent => new HostDependency(host, "", parent))]
            : [.. seen.SelectMany(one => one.Parents.Select(parent => new HostDependency(host, one.Agent, parent)))];
    }
}
