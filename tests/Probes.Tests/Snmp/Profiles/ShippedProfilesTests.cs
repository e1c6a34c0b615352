using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

public class ShippedProfilesTests
{
    private static ProfileLibrary Library { get; } = ProfileLibrary.Load([Path.Combine(Repository.Root, "profiles")]);

    [Test]
    public void Every_shipped_profile_loads_and_compiles_without_a_fault()
    {
        var faults = new ProfileFaults();

        foreach (var profile in Library.Profiles)
        {
            PlanCompiler.Compile(profile, faults);
        }

        Assert.That(Library.Faults.Concat(faults.All).Select(fault => fault.ToString()), Is.Empty);
        Assert.That(Library.Find(ProfileLibrary.GenericName), Is.Not.Null);
    }
}
