using System.Net;
using System.Net.NetworkInformation;

namespace NocMonitor.Probes.Dns;

/// <summary>The DNS servers that this machine itself asks.</summary>
internal static class SystemResolvers
{
    private const string ResolverFile = "/etc/resolv.conf";

    public static IReadOnlyList<string> Read() =>
        File.Exists(ResolverFile) ? Parse(File.ReadLines(ResolverFile)) : OfInterfaces();

    /// <summary>The servers of a resolv.conf(5); as there, without any it is this machine's own.</summary>
    public static IReadOnlyList<string> Parse(IEnumerable<string> lines)
    {
        var servers = lines.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out _))
            .Select(words => words[1])
            .Distinct()
            .ToArray();
        return servers.Length > 0 ? servers : [IPAddress.Loopback.ToString()];
    }

    private static string[] OfInterfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().DnsAddresses)
            .Where(address => !address.IsIPv6SiteLocal)
            .Select(address => address.ToString())
            .Distinct(),
    ];
}
