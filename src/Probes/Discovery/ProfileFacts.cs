using System.Collections.Concurrent;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Discovery;

/// <summary>What a device's profile knows of it: its name, and the metadata that says what the device is. Nothing else of the profile is asked. Safe for concurrent use.</summary>
internal sealed class ProfileFacts(DiscoveryOptions options, ProbeContext context)
{
    private static readonly string[] Wanted = ["vendor", "model", "serial", "version"];

    private readonly ConcurrentDictionary<string, PollPlan> _plans = new(StringComparer.Ordinal);
    private readonly ProfileLibrary _profiles = ProfileLibraries.Of(context).Load(options.ProfileFolders);

    public async Task<IReadOnlyDictionary<string, string>> AskAsync(SnmpDevice device, SystemObjects system, CancellationToken token)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_profiles.Match(system.ObjectId, system.Description) is not { } profile)
        {
            return facts;
        }

        (facts["profile"], facts["vendor"]) = (profile.Name, profile.Vendor);
        var plan = _plans.GetOrAdd(profile.Name, _ => PlanCompiler.Compile(profile with { Metrics = [], Tags = [] }, new ProfileFaults()));
        List<(Oid Name, int Column)> names = [.. plan.Scalars.SelectMany((scalar, column) => scalar.Candidates.Select(name => (name, column)))];
        var answer = await device.GetAsync([.. names.Select(scalar => scalar.Name)], token);
        if (answer.IsAnswered)
        {
            Read(plan, names, answer.Values, facts);
        }

        return facts;
    }

    private static void Read(PollPlan plan, List<(Oid Name, int Column)> names, IReadOnlyList<SnmpValue> values, Dictionary<string, string> facts)
    {
        var table = new TablePool().Rent(plan.Scalars.Count);
        var row = table.FindOrAdd([]);
        for (var i = 0; i < names.Count; i++)
        {
            if (!table[row, names[i].Column].IsPresent)
            {
                table.Set(row, names[i].Column, values[i]);
            }
        }

        var tables = new RowTable?[plan.Groups.Count];
        tables[PollPlan.ScalarGroup] = table;
        var reader = new RowReader(tables);
        reader.MoveTo(PollPlan.ScalarGroup, row);
        foreach (var field in plan.Metadata.Where(field => Wanted.Contains(field.Name)))
        {
            foreach (var alternative in field.Alternatives)
            {
                if (reader.TryRead(alternative, out var value) && value.ToString().Trim() is { Length: > 0 } text)
                {
                    facts[field.Name] = text;
                    break;
                }
            }
        }
    }
}
