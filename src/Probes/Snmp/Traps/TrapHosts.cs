using System.Net;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>The <c>host</c> of a notification: what the configuration or a polled target calls its address, else the address. One thread at a time.</summary>
internal sealed class TrapHosts(IReadOnlyDictionary<string, string> configured, SourceRanges relays, DeviceAddresses polled)
{
    private readonly Dictionary<IPAddress, string> _configured =
        configured.ToDictionary(entry => IPAddress.Parse(entry.Key), entry => entry.Value);

    /// <param name="origin">The device that the notification names; counts when the source is a relay.</param>
    public string NameOf(UInt128 source, ReadOnlySpan<byte> origin)
    {
        var address = SourceAddress.ToAddress(!origin.IsEmpty && relays.Contains(source) ? SourceAddress.OfIPv4(origin) : source);
        return _configured.GetValueOrDefault(address) ?? polled.Find(address) ?? address.ToString();
    }
}
