using NocMonitor.Collector.Inventory.Files;
using static NocMonitor.Collector.Tests.Inventory.Files.InventoryFileTests;

namespace NocMonitor.Collector.Tests.Inventory.Files;

public class ReconciliationTests
{
    [Test]
    public void Each_side_s_own_and_the_differences_are_told_field_by_field()
    {
        var ours = Content(
            [
                SomeDevice.Accepted("sw1", "address=10.0.0.1", "serial=S1", "model=A"), SomeDevice.Accepted("sw2", "address=10.0.0.2", "serial=S2"),
                SomeDevice.Accepted("sw3", "address=10.0.0.3", "serial=S3"), SomeDevice.Accepted("sw4", "serial=S4"), SomeDevice.Accepted("only-ours"),
            ],
            ("sw1", "core"));

        var report = Reconciliation.Compare(ours, Csv(
            """
            name,address,serial,parents
            SW1,10.0.0.1,S9,core2
            sw2.example.net,10.0.0.2,,
            renamed,10.0.0.3,S3,
            moved,10.9.9.9,S4,
            only-theirs,10.0.0.9,S7,
            """));

        Assert.That(report.OursOnly, Is.EqualTo(new[] { "only-ours" }));
        Assert.That(report.TheirsOnly.Select(device => device.Device.Name), Is.EqualTo(new[] { "only-theirs" }));
        Assert.That(report.Different.Select(Describe), Is.EqualTo(new[]
        {
            "sw1 by Name: serial S1/S9, parents core/core2",
            "sw2 by ShortName: name sw2/sw2.example.net, serial S2/",
            "sw3 by Address: name sw3/renamed",
            "sw4 by Serial: name sw4/moved, address /10.9.9.9",
        }));
    }

    [Test]
    public void A_strong_match_is_made_before_a_weak_one_can_take_its_device()
    {
        var ours = Content([SomeDevice.Accepted("sw1", "address=10.0.0.1"), SomeDevice.Accepted("sw2", "address=10.0.0.2")]);

        var report = Reconciliation.Compare(ours, Csv("name,address\nx,10.0.0.2\nsw2,10.0.0.1\n"));

        Assert.That(report.Different.Select(Describe), Is.EqualTo(new[] { "sw2 by Name: address 10.0.0.2/10.0.0.1" }));
        Assert.That((report.OursOnly.Single(), report.TheirsOnly.Single().Device.Name), Is.EqualTo(("sw1", "x")));
    }

    [Test]
    public void What_two_rows_share_matches_neither()
    {
        var ours = Content([SomeDevice.Accepted("sw1", "serial=S1")]);

        var report = Reconciliation.Compare(ours, Csv("name,serial\na,S1\nb,S1\n"));

        Assert.That((report.OursOnly.Count, report.TheirsOnly.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_field_the_file_has_no_column_for_is_not_compared()
    {
        var ours = Content([SomeDevice.Accepted("sw1", "serial=S1", "model=A")], ("sw1", "core"));

        Assert.That(Reconciliation.Compare(ours, Csv("name,model\nsw1,A\n")).Same, Is.EqualTo(1));
    }

    [Test]
    public void Any_two_inventories_part_without_losing_or_doubling_a_device()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var ours = Content([.. Enumerable.Range(0, random.Next(12)).Select(i => SomeDevice.Accepted($"d{i}", Facts(random)))]);
            var theirs = Csv("name,address,serial\n" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(i =>
                $"{(random.Next(2) == 0 ? "d" : "x")}{i},{(random.Next(3) == 0 ? "" : $"10.0.0.{random.Next(9)}")},{(random.Next(3) == 0 ? "" : $"S{random.Next(9)}")}\n")));

            var report = Reconciliation.Compare(ours, theirs);

            var pairs = report.Same + report.Different.Count;
            Assert.That(report.OursOnly.Count + pairs, Is.EqualTo(ours.Devices.Count));
            Assert.That(report.TheirsOnly.Count + pairs, Is.EqualTo(theirs.Devices.Count));
            Assert.That(report.Different.Select(one => one.Ours).Concat(report.OursOnly), Is.Unique);
        }
    }

    private static string[] Facts(Random random) => [$"address=10.0.0.{random.Next(9)}", $"serial=S{random.Next(9)}"];

    private static string Describe(DifferentDevice one) =>
        $"{one.Ours} by {one.By}: {string.Join(", ", one.Fields.Select(field => $"{field.Field} {field.Before}/{field.After}"))}";
}
