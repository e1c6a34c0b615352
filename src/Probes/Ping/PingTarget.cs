using System.Net;

namespace NocMonitor.Probes.Ping;

/// <summary>One target of a ping probe: its last result between rounds, its sample in the present one. The round that runs owns it.</summary>
internal sealed class PingTarget(string name)
{
    public string Name => name;

    /// <summary>The address, when the configuration gives one instead of a name.</summary>
    public IPAddress? Literal { get; } = IPAddress.TryParse(name, out var address) ? Plain(address) : null;

    /// <summary>The result code of the last point; null before the first.</summary>
    public long? LastResult { get; set; }

    public PingSample Sample { get; private set; } = new(0);

    /// <summary>Where the present round sends to.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Confirmations still to be sent; null while none was called for in this round.</summary>
    public int? ConfirmationsLeft { get; set; }

    /// <summary>How often a packet of the sample was sent again because this agent was starved.</summary>
    public int SentAgain { get; set; }

    public void StartSample(int packets) => (Sample, SentAgain) = (new PingSample(packets), 0);

    /// <summary>An IPv4 address that came in IPv6's clothes is pinged over IPv4.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
