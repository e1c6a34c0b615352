using System.Text.RegularExpressions;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>The profiles at the top of the tree: they are part of the product and must be whole.</summary>
public partial class ShippedProfileTests
{
    private static readonly ProfileLibrary Library = ProfileLibrary.Load([Repository.Locate("profiles")]);

    [Test]
    public void Every_shipped_profile_loads_without_any_report()
    {
        Assert.That(Library.Files, Has.Count.AtLeast(40));
        Assert.That(Library.Profiles, Has.Count.EqualTo(Library.Files.Count));
        Assert.That(Library.Faults.Select(fault => fault.ToString()), Is.Empty);
    }

    [Test]
    public void Every_shipped_profile_compiles_to_a_plan_without_any_report()
    {
        var faults = new ProfileFaults();

        var plans = Library.Profiles.Where(profile => profile.SysObjectIds.Count > 0).Select(profile => PlanCompiler.Compile(profile, faults)).ToList();

        Assert.That(faults.All.Select(fault => fault.ToString()), Is.Empty);
        Assert.That(plans.Select(plan => plan.Entries.Count), Is.All.Positive);
    }

    [Test]
    public void No_two_shipped_profiles_name_the_same_devices()
    {
        var patterns = Directory.EnumerateFiles(Repository.Locate("profiles"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(file => SysObjectIds().Matches(WithoutTraps(File.ReadAllText(file))).Select(match => (Pattern: match.Value, File: file)))
            .GroupBy(found => found.Pattern)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(found => Path.GetFileName(found.File)))}");

        Assert.That(patterns, Is.Empty);
        Assert.That(Library.Profiles.Count(profile => profile.SysObjectIds.Count > 0), Is.AtLeast(25));
    }

    [Test]
    public void A_notification_that_clears_another_names_one_that_exists()
    {
        var names = Library.Profiles.SelectMany(profile => profile.Traps).Select(trap => trap.Name).ToHashSet();

        var unknown = Library.Profiles.SelectMany(profile => profile.Traps).SelectMany(trap => trap.Clears).Where(name => !names.Contains(name)).Distinct();

        Assert.That(unknown, Is.Empty);
        Assert.That(Library.Find("generic-device")!.Traps.Single(trap => trap.Name == "linkUp").Clears, Is.EqualTo(["linkDown"]));
    }

    [Test]
    public void Every_notification_has_a_severity_and_one_name_across_all_profiles()
    {
        var traps = Library.Profiles.SelectMany(profile => profile.Traps).DistinctBy(trap => trap.Place).ToList();

        Assert.That(traps.Where(trap => trap.Severity.Length == 0).Select(trap => trap.Name), Is.Empty);
        Assert.That(traps.GroupBy(trap => trap.Oid).Where(group => group.Select(trap => trap.Name).Distinct().Count() > 1).Select(group => group.Key), Is.Empty);
    }

    [TestCase("1.3.6.1.4.1.9.1.2093", "cisco")]
    [TestCase("1.3.6.1.4.1.9.12.3.1.3.2193", "cisco-nxos")]
    [TestCase("1.3.6.1.4.1.2636.1.1.1.2.82", "juniper")]
    [TestCase("1.3.6.1.4.1.8072.3.2.10", "net-snmp")]
    [TestCase("1.3.6.1.4.1.11.2.3.9.1", "printer")]
    [TestCase("1.3.6.1.4.1.11.2.3.7.11.112", "procurve")]
    [TestCase("1.3.6.1.4.1.674.10892.5", "idrac")]
    [TestCase("1.3.6.1.4.1.25461", "panos")]
    [TestCase("1.3.6.1.4.1.99999.1", "generic-device")]
    public void The_profile_of_a_device_is_found_by_its_sysObjectID(string sysObjectId, string profile) =>
        Assert.That(Library.Match(NocMonitor.Probes.Snmp.Protocol.Oid.Parse(sysObjectId), "")?.Name, Is.EqualTo(profile));

    private static string WithoutTraps(string text)
    {
        var start = text.IndexOf("sysobjectid:", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("metrics:", start, StringComparison.Ordinal);
        return start < 0 ? "" : end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"1\.3\.6\.1\.[0-9.]+(\.\*)?")]
    private static partial Regex SysObjectIds();
}
