using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

[Category("Conformance")]
public class ProfileCorpusTests
{
    [Test]
    public void Every_file_of_the_ecosystem_loads_and_what_is_not_understood_is_said_with_its_place()
    {
        var root = Corpora.Find("profiles");

        var library = ProfileLibrary.Load([root]);

        TestContext.Out.WriteLine(string.Join('\n', library.Faults.Select(fault => fault.ToString()[(root.Length + 1)..])));
        var loaded = library.Profiles.Select(profile => profile.Place.Source);
        Assert.That(loaded, Is.EquivalentTo(Directory.EnumerateFiles(root, "*.yml", SearchOption.AllDirectories)));
        Assert.That(library.Faults.Select(fault => fault.Place.Line), Has.All.Positive);
    }
}
