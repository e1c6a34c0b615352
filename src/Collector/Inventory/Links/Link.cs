namespace NocMonitor.Collector.Inventory.Links;

/// <summary>One end of a link.</summary>
/// <param name="Host">A known host, or what a neighbour calls itself.</param>
/// <param name="Port">Empty when nobody said.</param>
internal readonly record struct LinkEnd(string Host, string Port, bool IsKnown);

/// <summary>Two devices that are connected. The end that comes first by name is first.</summary>
/// <param name="Protocols"><c>lldp</c>, <c>cdp</c> or both.</param>
/// <param name="BothSay">Whether both ends report it.</param>
internal sealed record Link(LinkEnd A, LinkEnd B, IReadOnlyList<string> Protocols, bool BothSay, DateTimeOffset Time);
