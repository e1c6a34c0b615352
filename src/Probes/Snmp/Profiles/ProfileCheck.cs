using NocMonitor.Probes.Snmp.Polling.Plans;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>What a look at profiles found.</summary>
/// <param name="Faults">Of reading and of compiling, each once.</param>
public sealed record ProfileReport(IReadOnlyList<ProfileSummary> Profiles, IReadOnlyList<ProfileFault> Faults);

/// <summary>A profile in one line.</summary>
/// <param name="SysObjectIds">The patterns, separated by spaces; empty for a profile that serves <c>extends</c> only.</param>
public sealed record ProfileSummary(string Name, string Vendor, string SysObjectIds);

/// <summary>Reads and compiles profiles as the probe does, to report on them.</summary>
public static class ProfileCheck
{
    /// <summary>The shipped profiles and those of these folders.</summary>
    public static ProfileReport Run(IReadOnlyList<string> folders)
    {
        var library = ProfileLibrary.Load(ProfileLibraries.RootsOf(folders));
        var faults = new ProfileFaults();
        foreach (var profile in library.Profiles)
        {
            PlanCompiler.Compile(profile, faults);
        }

        return new ProfileReport(
            [.. library.Profiles.Select(profile => new ProfileSummary(profile.Name, profile.Vendor, string.Join(' ', profile.SysObjectIds)))],
            [.. library.Faults.Concat(faults.All).Distinct()]);
    }
}
