using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Snmp;

/// <summary>Looks up the credentials of targets by name: the probe's own, then the agent's.</summary>
internal sealed class SnmpCredentialNames(OptionReader options, IReadOnlyDictionary<string, SnmpCredentials> own)
{
    private readonly IReadOnlyDictionary<string, SnmpCredentials> _shared = options.Provided<SnmpCredentialSet>()?.ByName ?? new Dictionary<string, SnmpCredentials>();

    /// <summary>The target with its credentials; null, with the reason among the errors, when it has none.</summary>
    public SnmpTargetOptions? TargetOf(SnmpTargetEntry entry, IpFamily family, SnmpRequestOptions requests) => Find(entry) is { } credentials
        ? new SnmpTargetOptions
        {
            Name = entry.Name,
            Host = entry.Host,
            Port = entry.Port,
            Family = family,
            Credentials = credentials,
            Profile = entry.Profile,
            Tags = entry.Tags,
            Requests = requests,
        }
        : null;

    private SnmpCredentials? Find(SnmpTargetEntry entry)
    {
        if (entry.Credentials is { } name)
        {
            if (own.TryGetValue(name, out var mine))
            {
                return mine;
            }

            if (_shared.TryGetValue(name, out var found))
            {
                // The section's text does not say what these are, so a change of them must show otherwise.
                options.DependOn(SnmpCredentialSet.MarkOf(found));
                return found;
            }

            options.Fail("Targets", $"{entry.Place}: there are no credentials named '{name}'{Suggestion.For(name, own.Keys.Concat(_shared.Keys))}");
            return null;
        }

        var only = own.Count > 0 ? own : _shared;
        if (only.Count == 1)
        {
            options.DependOn(SnmpCredentialSet.MarkOf(only.Values.First()));
            return only.Values.First();
        }

        options.Fail("Targets", only.Count == 0
            ? $"{entry.Host} has no credentials: write them under Credentials"
            : $"{entry.Host} must name its credentials, for there are {string.Join(", ", only.Keys)}");
        return null;
    }
}
