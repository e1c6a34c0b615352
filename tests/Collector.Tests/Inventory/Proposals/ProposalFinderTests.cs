using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Proposals;

namespace NocMonitor.Collector.Tests.Inventory.Proposals;

public class ProposalFinderTests
{
    private static readonly DateTimeOffset Now = SomeDevice.Monday.AddDays(100);

    [Test]
    public void What_discovery_or_points_bring_and_nobody_accepted_is_new()
    {
        var proposals = Find([], [Seen("sw1", "address=10.0.0.1")], [Heard("web01")]);

        Assert.That(proposals, Is.EqualTo(new[] { "new sw1 from discovery [address: 10.0.0.1]", "new web01 from points []" }));
    }

    [Test]
    public void A_host_polled_by_its_address_and_discovered_by_name_is_proposed_once()
    {
        var proposals = Find([], [Seen("sw1", "address=10.0.0.1")], [Heard("10.0.0.1", "address=10.0.0.1")]);

        Assert.That(proposals, Is.EqualTo(new[] { "new sw1 from discovery [address: 10.0.0.1]" }));
    }

    [Test]
    public void What_is_as_accepted_is_not_proposed_and_what_differs_is_shown_field_by_field()
    {
        var proposals = Find(
            [SomeDevice.Accepted("sw1", "address=10.0.0.1", "version=1"), SomeDevice.Accepted("sw2", "address=10.0.0.2", "serial=S2", "note=spare")],
            [Seen("sw1", "address=10.0.0.1", "version=1"), Seen("sw2", "address=10.0.0.2", "serial=S9", "version=7")], []);

        Assert.That(proposals, Is.EqualTo(new[] { "changed sw2 from discovery [serial: S2 -> S9, version: 7]" }));
    }

    [Test]
    public void Discovery_and_points_together_make_one_proposal()
    {
        var proposals = Find(
            [SomeDevice.Accepted("sw1", "address=10.0.0.1", "version=1")], [Seen("sw1", "address=10.0.0.1", "version=2")], [Heard("sw1", "version=3", "contact=noc")]);

        Assert.That(proposals, Is.EqualTo(new[] { "changed sw1 from discovery [version: 1 -> 2, contact: noc]" }));
    }

    [Test]
    public void A_device_that_a_run_did_not_find_or_that_is_silent_for_long_is_gone_and_a_stranger_is_not()
    {
        var proposals = Find(
            [SomeDevice.Accepted("sw1"), SomeDevice.Accepted("web01"), SomeDevice.Accepted("web02")],
            [Seen("sw1") with { AbsentSince = SomeDevice.Monday }, Seen("stranger") with { AbsentSince = SomeDevice.Monday }],
            [Heard("web01") with { LastSeen = Now.AddDays(-31) }, Heard("web02") with { LastSeen = Now.AddDays(-29) }, Heard("old") with { LastSeen = Now.AddDays(-31) }]);

        Assert.That(proposals, Is.EqualTo(new[] { "gone sw1 from discovery []", "gone web01 from points []" }));
    }

    [Test]
    public void Two_devices_as_they_come_from_the_factory_are_two()
    {
        var proposals = Find([SomeDevice.Accepted("MikroTik", "address=10.0.0.1", "serial=A")], [Seen("10.0.0.2", "address=10.0.0.2", "sysName=MikroTik", "serial=B")], []);

        Assert.That(proposals, Is.EqualTo(new[] { "new 10.0.0.2 from discovery [address: 10.0.0.2, serial: B, sysName: MikroTik]" }));
    }

    [Test]
    public void A_replaced_device_of_the_same_name_and_address_is_changed()
    {
        var proposals = Find([SomeDevice.Accepted("sw1", "address=10.0.0.1", "serial=A")], [Seen("sw1", "address=10.0.0.1", "serial=B")], []);

        Assert.That(proposals, Is.EqualTo(new[] { "changed sw1 from discovery [serial: A -> B]" }));
    }

    [Test]
    public void A_device_that_moved_to_another_address_is_known_by_its_serial_number()
    {
        var proposals = Find([SomeDevice.Accepted("sw1", "address=10.0.0.1", "serial=A")], [Seen("sw1", "address=10.0.7.1", "serial=A")], []);

        Assert.That(proposals, Is.EqualTo(new[] { "changed sw1 from discovery [address: 10.0.0.1 -> 10.0.7.1]" }));
    }

    [Test]
    public void A_rejection_holds_for_the_same_change_and_a_new_device_stays_rejected()
    {
        var first = new Proposal(ProposalKind.Changed, "sw1", "discovery", Now, [new FieldDifference("version", "1", "2")]);
        var more = first with { Changes = [new FieldDifference("version", "1", "3")] };
        var stranger = new Proposal(ProposalKind.New, "x", "discovery", Now, []);

        Assert.That(more.Digest, Is.Not.EqualTo(first.Digest));
        Assert.That((first with { At = Now.AddDays(1) }).Digest, Is.EqualTo(first.Digest));
        Assert.That((stranger with { Changes = more.Changes }).Digest, Is.EqualTo(stranger.Digest));
    }

    private static IEnumerable<string> Find(AcceptedDevice[] accepted, ObservedDevice[] observations, HeardDevice[] heard) =>
        ProposalFinder.Find(accepted, observations, heard, Now, TimeSpan.FromDays(30)).Select(proposal =>
            $"{proposal.Kind.ToString().ToLowerInvariant()} {proposal.Name} from {proposal.Source} "
            + $"[{string.Join(", ", proposal.Changes.Select(change => $"{change.Field}: {(change.Before.Length > 0 ? $"{change.Before} -> " : "")}{change.After}"))}]");

    private static ObservedDevice Seen(string name, params string[] facts) => new(SomeDevice.Of(name, facts), "a1", "run", Now, null);

    private static HeardDevice Heard(string name, params string[] facts) => new(SomeDevice.Of(name, facts), SomeDevice.Monday, Now);
}
