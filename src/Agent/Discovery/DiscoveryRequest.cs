using System.Security.Cryptography;
using System.Text;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes.Discovery;

namespace NocMonitor.Agent.Discovery;

/// <summary>What one discovery looks at, and how: two with the same text are the same, and the later one may go on where the earlier one stopped.</summary>
internal sealed record DiscoveryRequest(AddressSet Addresses, DiscoveryOptions Options)
{
    /// <summary>Who is told; null for nobody.</summary>
    public CollectorOptions? ReportsTo { get; init; }

    /// <summary>Begins anew whatever an earlier run left.</summary>
    public bool Restarts { get; init; }

    public bool AsJson { get; init; }

    public string Text => string.Join('\n',
        string.Join(' ', Addresses.Ranges), string.Join(' ', Options.Credentials.Select(credentials => credentials.Name)), string.Join(' ', Options.Ports),
        Options.SnmpPort, Options.SkipsPing);

    /// <summary>A file's name for this request.</summary>
    public string FileName => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 8))}.jsonl";
}
