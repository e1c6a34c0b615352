using NocMonitor.Probes.Snmp.Traps;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

public class OwnEngineTests
{
    [Test]
    public void The_id_stays_and_starts_are_counted()
    {
        using var folder = new TemporaryFolder();

        var starts = Enumerable.Range(0, 3).Select(_ => OwnEngine.Open(ConfiguredProbe.Context(folder: folder.File("data")))).ToList();

        Assert.That(starts.Select(engine => engine.Boots), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(starts.Select(engine => Convert.ToHexString(engine.Id)).Distinct().Count(), Is.EqualTo(1));
        Assert.That(starts[0].Id, Has.Length.EqualTo(17));
        Assert.That(starts[0].Id[..5], Is.EqualTo(new byte[] { 0x80, 0, 0, 0, 5 }));
    }

    [TestCase("")]
    [TestCase("zz\n1\n")]
    [TestCase("8000000005000102030405060708090a0b\n-1\n")]
    [TestCase("8000000005000102030405060708090a0b\n2147483646\n", TestName = "Boots at their end")]
    public void A_file_that_says_nothing_gives_a_new_id(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("snmp-engine", text);

        var engine = OwnEngine.Open(ConfiguredProbe.Context(folder: folder.Path));

        Assert.That(engine.Boots, Is.EqualTo(1));
        Assert.That(File.ReadAllLines(folder.File("snmp-engine")), Is.EqualTo(new[] { Convert.ToHexStringLower(engine.Id), "1" }));
    }

    [Test]
    public void Without_a_folder_that_can_be_written_the_id_is_new_each_time()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");

        var ids = new[] { null, folder.File("file"), folder.File("file") }.Select(path => OwnEngine.Open(ConfiguredProbe.Context(folder: path)).Id).ToList();

        Assert.That(ids.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void The_receivers_of_one_agent_share_it()
    {
        var time = new ManualTimeProvider();
        var context = ConfiguredProbe.Context(time);
        var engine = OwnEngine.Of(context);
        time.Advance(TimeSpan.FromSeconds(90.5));

        Assert.That(OwnEngine.Of(context), Is.SameAs(engine));
        Assert.That(engine.Time, Is.EqualTo(90));
    }
}
