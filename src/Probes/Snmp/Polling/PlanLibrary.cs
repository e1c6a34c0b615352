using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// Finds the plan of a device: its profile, and what the probe's options add to it. A profile is compiled when the first device needs it. Any thread; one
/// lock.
/// </summary>
internal sealed class PlanLibrary(ProfileLibrary profiles, IReadOnlyList<ProfileMetric> added, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PollPlan> _plans = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The plan of a profile by its name, or of the profile that matches the device; null when there is no such profile.</summary>
    public PollPlan? Find(string? name, Oid sysObjectId, string sysDescr)
    {
        var profile = name is null ? profiles.Match(sysObjectId, sysDescr) : name == SnmpTargetOptions.NoProfile ? null : profiles.Find(name);
        if (profile is null && name is not null && name != SnmpTargetOptions.NoProfile)
        {
            return null;
        }

        lock (_lock)
        {
            var key = profile?.Name ?? "";
            if (!_plans.TryGetValue(key, out var plan))
            {
                plan = Compile(profile ?? Nothing);
                _plans.Add(key, plan);
            }

            return plan;
        }
    }

    private static DeviceProfile Nothing { get; } = new()
    {
        Name = "",
        Place = default,
        Root = 0,
        SysObjectIds = [],
        Extends = [],
        Without = [],
        Vendor = "",
        Metrics = [],
        Tags = [],
        StaticTags = [],
        Metadata = [],
        Traps = [],
        Matches = [],
        AvoidsBulk = false,
    };

    private PollPlan Compile(DeviceProfile profile)
    {
        var faults = new ProfileFaults();
        var plan = PlanCompiler.Compile(profile with { Metrics = [.. profile.Metrics, .. added] }, faults);
        foreach (var fault in faults.All)
        {
            SnmpLog.ProfileFault(log, fault.ToString());
        }

        return plan;
    }
}
