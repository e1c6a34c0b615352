using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

public class ProfileLibraryTests
{
    private const string Scalar = "metrics:\n- symbol: {OID: 1.3.6.1.2.1.1.3.0, name: sysUpTime}\n";

    [Test]
    public void Bases_come_before_what_extends_them_and_a_base_on_two_ways_counts_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base.yaml", "metrics: [{symbol: {OID: 1.3.6.1.1.0, name: a}}]");
        folder.Write("left.yaml", "extends: base\nmetrics: [{symbol: {OID: 1.3.6.1.2.0, name: b}}]");
        folder.Write("right.yml", "extends: [base.yaml]\nmetrics: [{symbol: {OID: 1.3.6.1.3.0, name: c}}]");
        folder.Write("device.yaml", "extends: [left.yml, right]\nmetrics: [{symbol: {OID: 1.3.6.1.4.0, name: d}}]");

        var library = ProfileLibrary.Load([folder.Path]);

        Assert.That(library.Faults, Is.Empty);
        Assert.That(NamesOf(library.Find("device")!), Is.EqualTo("a b c d"));
    }

    [Test]
    public void What_a_file_leaves_out_it_can_say_anew()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base.yaml", """
            metrics:
            - {table: {name: ifTable}, symbols: [{OID: 1.3.6.1.2.1.2.2.1.10, name: ifInOctets}]}
            - symbol: {OID: 1.3.6.1.1.0, name: a}
            - symbol: {OID: 1.3.6.1.2.0, name: b}
            """);
        folder.Write("device.yaml", "extends: base\nwithout: [ifTable, a]\nmetrics: [{symbol: {OID: 1.3.6.1.4.0, name: a2}}]");

        var library = ProfileLibrary.Load([folder.Path]);

        Assert.That(NamesOf(library.Find("device")!), Is.EqualTo("b a2"));
    }

    [Test]
    public void A_circle_of_extends_is_reported_and_both_files_keep_what_is_theirs()
    {
        using var folder = new TemporaryFolder();
        var one = folder.Write("one.yaml", "extends: [two]\n" + Scalar);
        folder.Write("two.yaml", "extends:\n  - one\n" + Scalar.Replace("sysUpTime", "other", StringComparison.Ordinal));
        folder.Write("self.yaml", "extends: self\n" + Scalar);

        var library = ProfileLibrary.Load([folder.Path]);

        Assert.That(NamesOf(library.Find("one")!), Is.EqualTo("other sysUpTime"));
        Assert.That(NamesOf(library.Find("two")!), Is.EqualTo("sysUpTime other"));
        Assert.That(library.Faults.Select(fault => fault.ToString()), Has.One.EqualTo($"{one}:1:11: error: two extends this profile in turn"));
        Assert.That(library.Faults.Select(fault => fault.Message), Has.One.EqualTo("self extends itself"));
    }

    [Test]
    public void A_chain_of_extends_has_an_end()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 40; i++)
        {
            folder.Write($"p{i:00}.yaml", $"extends: p{i + 1:00}\n{Scalar}");
        }

        folder.Write("p40.yaml", Scalar);

        var library = ProfileLibrary.Load([folder.Path]);

        Assert.That(library.Profiles, Has.Count.EqualTo(41));
        Assert.That(library.Faults.Select(fault => fault.Message), Has.Some.EqualTo("more than 16 levels of extends"));
    }

    [Test]
    public void A_later_root_replaces_files_of_the_same_name_and_wins_equal_matches()
    {
        using var shipped = new TemporaryFolder();
        using var own = new TemporaryFolder();
        shipped.Write("cisco.yaml", "sysobjectid: 1.3.6.1.4.1.9.*\n" + Scalar);
        shipped.Write("switch.yaml", "extends: cisco\nsysobjectid: 1.3.6.1.4.1.9.1.*\n");
        own.Write("cisco.yml", "sysobjectid: 1.3.6.1.4.1.9.*\nmetrics: [{symbol: {OID: 1.3.6.1.4.0, name: mine}}]");
        own.Write("mine.yaml", "sysobjectid: 1.3.6.1.4.1.9.1.*\n" + Scalar);

        var library = ProfileLibrary.Load([shipped.Path, own.Path]);

        Assert.That(NamesOf(library.Find("switch")!), Is.EqualTo("mine"));
        Assert.That(library.Match(Oid.Parse("1.3.6.1.4.1.9.1.5"), "")!.Name, Is.EqualTo("mine"));
    }

    [TestCase("1.3.6.1.4.1.9.1.1745", ExpectedResult = "exact")]
    [TestCase("1.3.6.1.4.1.9.1.1746", ExpectedResult = "cisco")]
    [TestCase("1.3.6.1.4.1.9.12.3", ExpectedResult = "middle")]
    [TestCase("1.3.6.1.4.1.9.12.4", ExpectedResult = "vendor")]
    [TestCase("1.3.6.1.4.1.8072.3.2.10", ExpectedResult = "generic-device")]
    public string The_pattern_with_the_most_arcs_wins(string sysObjectId)
    {
        using var folder = new TemporaryFolder();
        folder.Write("vendor.yaml", "sysobjectid: 1.3.6.1.4.1.9.*");
        folder.Write("cisco.yaml", "sysobjectid: [1.3.6.1.4.1.9.1.*]");
        folder.Write("exact.yaml", "sysobjectid:\n- 1.3.6.1.4.1.99999\n- 1.3.6.1.4.1.9.1.1745");
        folder.Write("middle.yaml", "sysobjectid: 1.3.6.1.4.1.*.12.3");
        folder.Write("generic-device.yaml", "{}");

        return ProfileLibrary.Load([folder.Path]).Match(Oid.Parse(sysObjectId), "")!.Name;
    }

    [Test]
    public void The_description_of_a_device_can_hand_over_to_another_profile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("linux.yaml", "sysobjectid: 1.3.6.1.4.1.8072.*\nmatches: {\"^PfSense\": firewall.yml, \"(a+)+$\": gone}");
        folder.Write("firewall.yaml", Scalar);

        var library = ProfileLibrary.Load([folder.Path]);

        Assert.That(library.Match(Oid.Parse("1.3.6.1.4.1.8072.3"), "pfSense router 2.6")!.Name, Is.EqualTo("firewall"));
        Assert.That(library.Match(Oid.Parse("1.3.6.1.4.1.8072.3"), new string('a', 4000) + "!")!.Name, Is.EqualTo("linux"));
        Assert.That(library.Faults.Single().Message, Is.EqualTo("there is no profile gone"));
    }

    [Test]
    public void A_broken_file_costs_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var broken = folder.Write("broken.yaml", "metrics:\n  - symbol: {OID: 1.3\n");
        folder.Write("empty.yaml", "# nothing\n");
        folder.Write("list.yaml", "- a\n");
        folder.Write("good.yaml", Scalar);
        File.WriteAllBytes(folder.File("binary.yml"), [0xFF, 0xFE, 0x00, 0x01, 0x02]);

        var library = ProfileLibrary.Load([folder.Path, folder.File("absent")]);

        Assert.That(library.Profiles.Select(profile => profile.Name), Is.EqualTo(new[] { "good" }));
        Assert.That(library.Faults.Select(fault => fault.ToString()), Has.Some.StartWith($"{broken}:3:1: error: not valid YAML"));
        Assert.That(library.Faults.Select(fault => fault.Message), Has.Some.EqualTo("the file is empty")
            .And.Some.EqualTo("a profile must be a mapping, not a list").And.Some.StartsWith("the folder cannot be read"));
    }

    private static string NamesOf(DeviceProfile profile) =>
        string.Join(' ', profile.Metrics.SelectMany(metric => metric.Symbols).Select(symbol => symbol.Name));
}
