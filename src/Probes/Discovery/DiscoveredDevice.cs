using System.Net;

namespace NocMonitor.Probes.Discovery;

/// <summary>A device that answered.</summary>
/// <param name="Address">Where it was found.</param>
/// <param name="Facts">What it says of itself, by the names of the collector's inventory; lists with semicolons.</param>
/// <param name="Credentials">The name of those it answered to; empty when it answered none.</param>
/// <param name="Trouble">Why something could not be found out, in words; empty when nothing went wrong.</param>
public sealed record DiscoveredDevice(IPAddress Address, IReadOnlyDictionary<string, string> Facts, string Credentials, string Trouble)
{
    /// <summary>Items of a list; one that holds the separator gets a comma in its place.</summary>
    internal static string List(IEnumerable<string> items) => string.Join(';', items.Select(item => item.Replace(';', ',')));

    public string Fact(string name) => Facts.GetValueOrDefault(name, "");
}

/// <summary>Takes what a discovery finds, one call at a time.</summary>
public interface IDiscoverySink
{
    void Found(DiscoveredDevice device);

    /// <summary>All addresses before this index are done with, and what was found at them was handed over: from here a discovery can go on.</summary>
    void Advanced(long next);
}
