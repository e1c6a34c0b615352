using System.Net.Sockets;

namespace NocMonitor.Probes.Targets;

/// <summary>Which addresses of a name a probe uses.</summary>
public enum IpFamily
{
    /// <summary>Whichever the resolver gives first.</summary>
    Any,

    /// <summary>IPv4 only.</summary>
    IPv4,

    /// <summary>IPv6 only.</summary>
    IPv6,
}

internal static class IpFamilies
{
    public static bool Includes(this IpFamily family, AddressFamily address) => family switch
    {
        IpFamily.IPv4 => address == AddressFamily.InterNetwork,
        IpFamily.IPv6 => address == AddressFamily.InterNetworkV6,
        _ => address is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6,
    };
}
