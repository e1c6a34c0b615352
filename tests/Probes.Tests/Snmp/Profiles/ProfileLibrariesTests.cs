using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

/// <summary>Profiles that change while the agent runs: each load is what a reload of the configuration does.</summary>
public class ProfileLibrariesTests
{
    private RecordedLogs _log = null!;
    private TemporaryFolder _folder = null!;
    private ProfileLibraries _libraries = null!;
    private int _writes;

    [SetUp]
    public void Begin()
    {
        _folder = new TemporaryFolder();
        _log = new RecordedLogs();
        _libraries = new ProfileLibraries(_log.CreateLogger("snmp"));
        Write("fan.yaml", "device: {vendor: First}");
    }

    [TearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public void Folders_without_a_change_are_read_once() => Assert.That(Load(), Is.SameAs(Load()));

    [Test]
    public void A_changed_file_is_the_profile_from_the_next_load_on()
    {
        var before = Load();

        Write("fan.yaml", "device: {vendor: Second}");
        var after = Load();

        Assert.That((before.Find("fan")!.Vendor, after.Find("fan")!.Vendor), Is.EqualTo(("First", "Second")));
        Assert.That(_log.All, Is.Empty);
    }

    [TestCase("device: {vendor: [", "not valid YAML", TestName = "That_cannot_be_read")]
    [TestCase("device: {vendor: Second}\nmetrics:\n- symbol: {OID: 1.3.x, name: a}", "'1.3.x' is not an object identifier", TestName = "With_an_error_inside")]
    public void A_file_changed_for_the_worse_is_still_what_it_was_and_the_log_says_why(string text, string fault)
    {
        Load();

        Write("fan.yaml", text);
        var after = Load();

        Assert.That(after.Find("fan")!.Vendor, Is.EqualTo("First"));
        Assert.That(_log.All, Has.Exactly(1).Contains("fan.yaml was changed and has errors now").And.Contain(fault));
    }

    [Test]
    public void What_extends_a_file_that_is_kept_keeps_what_it_inherits()
    {
        Write("big-fan.yaml", "extends: [fan]");
        Load();

        Write("fan.yaml", "{");
        Write("big-fan.yaml", "extends: [fan]\nsysobjectid: 1.3.6.1.4.1.9.*");
        var after = Load();

        Assert.That((after.Find("big-fan")!.Vendor, after.Find("big-fan")!.SysObjectIds.Count), Is.EqualTo(("First", 1)));
    }

    [Test]
    public void A_file_that_is_mended_counts_again_also_when_it_was_bad_twice()
    {
        Load();
        Write("fan.yaml", "{");
        Load();
        Write("fan.yaml", "{{");
        Load();

        Write("fan.yaml", "device: {vendor: Third}");

        Assert.That(Load().Find("fan")!.Vendor, Is.EqualTo("Third"));
    }

    [Test]
    public void A_file_that_had_the_same_errors_before_is_taken_with_them()
    {
        Write("fan.yaml", "device: {vendor: First}\nmetrics:\n- symbol: {OID: 1.3.x, name: a}");
        Load();

        Write("fan.yaml", "device: {vendor: Second}\nmetrics:\n- symbol: {OID: 1.3.x, name: a}");

        Assert.That(Load().Find("fan")!.Vendor, Is.EqualTo("Second"));
    }

    [Test]
    public void A_new_file_is_there_and_a_deleted_one_is_gone()
    {
        Load();

        File.Move(Path.Combine(_folder.Path, "fan.yaml"), Path.Combine(_folder.Path, "pump.yaml"));
        var after = Load();

        Assert.That((after.Find("fan"), after.Find("pump")?.Vendor), Is.EqualTo(((DeviceProfile?)null, "First")));
    }

    private ProfileLibrary Load() => _libraries.Load([_folder.Path]);

    private void Write(string name, string text)
    {
        var file = _folder.Write(name, text);

        // Two writes within one tick of the file system's clock must still look different.
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(++_writes));
    }
}
