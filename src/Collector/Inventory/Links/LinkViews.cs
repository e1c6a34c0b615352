namespace NocMonitor.Collector.Inventory.Links;

/// <summary>One end of a link. <c>known</c>: whether it is a host that points or the inventory know.</summary>
internal sealed record LinkEndView(string Host, string Port, bool Known);

/// <summary>Two devices that are connected, as LLDP or CDP says.</summary>
/// <param name="BothSay">Whether both ends report it.</param>
internal sealed record LinkView(LinkEndView A, LinkEndView B, IReadOnlyList<string> Protocols, bool BothSay, DateTimeOffset LastSeen)
{
    public static LinkView Of(Link link) => new(Of(link.A), Of(link.B), link.Protocols, link.BothSay, link.Time);

    private static LinkEndView Of(LinkEnd end) => new(end.Host, end.Port, end.IsKnown);
}

/// <summary>The hosts directly before a host on the shortest ways from an agent, and those accepted as dependencies.</summary>
/// <param name="Hops">Links between the host and the one the agent is connected to.</param>
internal sealed record ParentView(string Host, string Agent, IReadOnlyList<string> Parents, int Hops, IReadOnlyList<string> Accepted);

/// <summary>Where the ways of an agent begin; without <c>root</c> no link leads to it and it finds no parents.</summary>
internal sealed record AgentRootView(string Agent, string? Root, int Watched, int Reached);

/// <summary>All links, the parents that follow, and where the agents are.</summary>
internal sealed record LinkList(IReadOnlyList<LinkView> Links, IReadOnlyList<ParentView> Parents, IReadOnlyList<AgentRootView> Agents);

/// <summary>The parents somebody sets for a host by hand.</summary>
/// <param name="Parents">Hosts, or <c>host via agent</c>; empty for none.</param>
internal sealed record ParentRequest(string? Host, IReadOnlyList<string>? Parents);

/// <summary>The parents of a host as they are now.</summary>
internal sealed record ParentAnswer(string Host, IReadOnlyList<string> Parents);
