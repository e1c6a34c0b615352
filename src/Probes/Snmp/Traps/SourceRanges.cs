using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Networks in the notation of RFC 4632, to be asked whether an address lies in one of them. Immutable.</summary>
internal sealed class SourceRanges(IReadOnlyList<IPNetwork> networks)
{
    private const int BitsBeforeIPv4 = 96;
    private readonly (UInt128 Prefix, UInt128 Mask)[] _ranges = [.. networks.Select(Range)];

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or one address.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    public bool Contains(UInt128 source)
    {
        foreach (var (prefix, mask) in _ranges)
        {
            if ((source & mask) == prefix)
            {
                return true;
            }
        }

        return false;
    }

    private static (UInt128 Prefix, UInt128 Mask) Range(IPNetwork network)
    {
        var bits = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? BitsBeforeIPv4 : 0);
        var mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - bits);
        return (SourceAddress.Of(network.BaseAddress) & mask, mask);
    }
}
