namespace NocMonitor.Collector.Inventory.Links;

/// <summary>What a device says of the device behind one of its ports: one point of <c>lldp_neighbor</c>.</summary>
/// <param name="Host">Who says it.</param>
/// <param name="Port">The tag <c>local_port</c>.</param>
/// <param name="PortNames">Every way in which it calls that port.</param>
/// <param name="RemotePortNames">Every way in which the device behind it calls its own.</param>
/// <param name="Protocol"><c>lldp</c> or <c>cdp</c>.</param>
internal sealed record Neighbour(
    string Host, string Port, IReadOnlyList<string> PortNames, string ChassisId, string Name, string Address, IReadOnlyList<string> RemotePortNames, string Protocol,
    string Platform, DateTimeOffset Time)
{
    /// <summary>What to call it when it is no known host.</summary>
    public string Label => Name.Length > 0 ? Name : Address.Length > 0 ? Address : ChassisId;
}
