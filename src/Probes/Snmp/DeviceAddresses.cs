using System.Collections.Concurrent;
using System.Net;

namespace NocMonitor.Probes.Snmp;

/// <summary>
/// What the polled devices' addresses are called, so that a trap gets the same <c>host</c> as the device's polled points. One an agent, by
/// <see cref="ProbeContext.Shared{T}"/>. Any thread.
/// </summary>
public sealed class DeviceAddresses
{
    private readonly ConcurrentDictionary<IPAddress, string> _names = new();

    public static DeviceAddresses Of(ProbeContext context) => context.Shared(static _ => new DeviceAddresses());

    /// <summary>The last name given to an address counts.</summary>
    public void Set(IPAddress address, string name) => _names[Plain(address)] = name;

    public string? Find(IPAddress address) => _names.GetValueOrDefault(Plain(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
