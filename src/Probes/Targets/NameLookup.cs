using System.Net;

namespace NocMonitor.Probes.Targets;

/// <summary>What is known of a name: its addresses, or why there are none.</summary>
public sealed record NameLookup(IReadOnlyList<IPAddress> Addresses, string Error)
{
    public bool Found => Addresses.Count > 0;

    internal static NameLookup Of(params IReadOnlyList<IPAddress> addresses) => new(addresses, "");

    internal static NameLookup Failed(string error) => new([], error);

    /// <summary>The part that a probe of this family can use.</summary>
    internal NameLookup Only(IpFamily family)
    {
        if (!Found || family == IpFamily.Any)
        {
            return this;
        }

        var usable = Addresses.Where(address => family.Includes(address.AddressFamily)).ToArray();
        return usable.Length > 0 ? Of(usable) : Failed($"there is no {family} address, only {string.Join(", ", Addresses.Take(4))}");
    }
}
