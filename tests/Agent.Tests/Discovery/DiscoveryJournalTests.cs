using System.Net;
using NocMonitor.Agent.Discovery;
using NocMonitor.Probes.Discovery;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Discovery;

public class DiscoveryJournalTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_run_that_was_broken_off_goes_on_with_what_it_found()
    {
        var id = Leave(70, "10.0.0.1", "10.0.0.2");

        using var journal = Open();

        Assert.That((journal.Id, journal.IsResumed, journal.Next), Is.EqualTo((id, true, 70L)));
        Assert.That(journal.Devices.Select(device => $"{device.Address} {device.Facts["sysName"]}"), Is.EqualTo(new[] { "10.0.0.1 dev", "10.0.0.2 dev" }));
    }

    [Test]
    public void Every_prefix_of_a_journal_gives_what_its_whole_lines_say_and_can_be_gone_on_with()
    {
        Leave(70, "10.0.0.1", "10.0.0.2");
        var file = Directory.GetFiles(_folder.File("data/discovery")).Single();
        var bytes = File.ReadAllBytes(file);
        var head = Array.IndexOf(bytes, (byte)'\n');

        for (var length = 0; length <= bytes.Length; length += 3)
        {
            File.WriteAllBytes(file, bytes[..length]);
            using (var journal = Open())
            {
                Assert.That(journal.IsResumed, Is.EqualTo(length >= head), $"{length} bytes");
                Assert.That(journal.Count, Is.LessThanOrEqualTo(2));
                journal.Found(Device("10.0.0.9"));
            }

            using var again = Open();
            Assert.That(again.Devices.Select(device => device.Address), Does.Contain("10.0.0.9"), $"{length} bytes");
        }
    }

    [Test]
    public void Another_request_an_old_run_and_one_that_is_to_be_forgotten_begin_anew()
    {
        var id = Leave(70, "10.0.0.1");
        using (var other = DiscoveryJournal.Open(_folder.File("data"), Request("10.0.0.0/25"), false, Week, _time))
        {
            Assert.That((other.IsResumed, other.Count), Is.EqualTo((false, 0)));
        }

        _time.Advance(Week + TimeSpan.FromSeconds(1));
        using (var old = Open())
        {
            Assert.That((old.IsResumed, old.Id == id), Is.EqualTo((false, false)));
        }

        using var restarted = DiscoveryJournal.Open(_folder.File("data"), Request("10.0.0.0/24"), true, Week, _time);
        Assert.That(restarted.IsResumed, Is.False);
    }

    [Test]
    public void Two_processes_never_run_the_same_discovery()
    {
        using var one = Open();

        Assert.That(() => Open(), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void A_device_found_again_counts_once_and_nothing_is_left_of_a_run_that_ended()
    {
        using (var journal = Open())
        {
            journal.Found(Device("10.0.0.1"));
            journal.Found(Device("10.0.0.1"));
            Assert.That(journal.Count, Is.EqualTo(1));
            journal.Delete();
        }

        Assert.That(Directory.GetFiles(_folder.File("data/discovery")), Is.Empty);
    }

    private string Leave(long next, params string[] addresses)
    {
        using var journal = Open();
        foreach (var address in addresses)
        {
            journal.Found(Device(address));
        }

        journal.Advanced(next);
        return journal.Id;
    }

    private DiscoveryJournal Open() => DiscoveryJournal.Open(_folder.File("data"), Request("10.0.0.0/24"), false, Week, _time);

    private static DiscoveryRequest Request(string targets) => new(AddressSet.Parse([targets], [], AddressSet.UsualMost, [])!, new DiscoveryOptions());

    private static DiscoveredDevice Device(string address) => new(IPAddress.Parse(address), new Dictionary<string, string> { ["sysName"] = "dev" }, "site1", "");
}
