using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Traps;
using NocMonitor.Testing;
using static NocMonitor.Probes.Tests.Snmp.Traps.TrapMessages;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

public class TrapPointWriterTests
{
    [Test]
    public void The_interface_of_a_row_is_named_by_the_row()
    {
        var point = Write(LinkDown, (Oid.Parse("1.3.6.1.2.1.2.2.1.2.1001"), SnmpValue.Text("GigabitEthernet1/0/1")));

        Assert.That((point.FindField("ifIndex")!.Value.Integer, point.FindField("ifDescr")!.Value.Text), Is.EqualTo((1001L, "GigabitEthernet1/0/1")));
    }

    [Test]
    public void An_enumeration_is_a_string_also_where_it_has_no_word()
    {
        var point = Write(LinkDown, (Oid.Parse("1.3.6.1.2.1.2.2.1.8.7"), SnmpValue.Integer(99)));

        Assert.That(point.FindField("ifOperStatus")!.Value.Text, Is.EqualTo("99"));
    }

    [Test]
    public void What_ends_another_notification_says_which()
    {
        var point = Write(Oid.Parse("1.3.6.1.6.3.1.1.5.4"));

        Assert.That((point.FindTag("trap"), point.FindField("clears")!.Value.Text, point.FindField("severity")!.Value.Text), Is.EqualTo(("linkUp", "linkDown", "info")));
    }

    [Test]
    public void A_relayed_community_is_not_stored()
    {
        var point = Write(LinkDown, (TrapOids.SnmpTrapCommunity, SnmpValue.Text("hush")));

        Assert.That(point.ToString(), Does.Contain("1.3.6.1.6.3.18.1.4.0=***").And.Not.Contain("hush"));
    }

    [Test]
    public void A_huge_trap_makes_a_bounded_point()
    {
        var varbinds = Enumerable.Range(1, 200).Select(row => (Oid.Parse("1.3.6.1.2.1.31.1.1.1.18").Append((uint)row), SnmpValue.Text(new string('x', 200))));

        var point = Write(LinkDown, [.. varbinds]);

        Assert.That(point.FindField("varbinds")!.Value.Text, Has.Length.EqualTo(8192).And.EndsWith("..."));
        Assert.That(point.FindField("text")!.Value.Text, Has.Length.LessThanOrEqualTo(1024));
    }

    [Test]
    public void Unknown_traps_without_end_share_a_name()
    {
        using var stage = new ReceiverStage("""{ "Rate": 1000000, "Burst": 1000000 }""");

        for (var number = 1; number <= 1200; number++)
        {
            stage.Receive(V2c(PduType.TrapV2, number, Oid.Of(1, 3, 6, 1, 4, 1, 99, (uint)number)));
        }

        Assert.That(stage.Points.Select(point => point.FindTag("trap")).Distinct().Count(), Is.EqualTo(1001));
        Assert.That(stage.Points[^1].FindTag("trap"), Is.EqualTo("other"));
        Assert.That(stage.Points[^1].FindField("oid")!.Value.Text, Is.EqualTo("1.3.6.1.4.1.99.1200"));
    }

    [TestCase("FAN 0", ExpectedResult = "FAN 0/3")]
    [TestCase("", ExpectedResult = "4.1.0.0/3", TestName = "The_index_stands_for_a_part_without_words")]
    public string Device_profiles_say_which_variables_name_the_part(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("fans.yaml", """
            traps:
            - trap_oid: 1.3.6.1.4.1.99999.0.1
              trap_name: exFanFailed
              events:
              - {OID: 1.3.6.1.4.1.99999.1.1, name: exFanName, part: true}
              - {OID: 1.3.6.1.4.1.99999.1.2, name: exFanSpeed}
              - {OID: 1.3.6.1.4.1.99999.1.3, name: exFanSlot, part: true}
            """);
        var names = ProfileTraps.NamesOf(ProfileLibrary.Load([folder.Path]));

        var point = Write(names, Oid.Parse("1.3.6.1.4.1.99999.0.1"), (Oid.Parse("1.3.6.1.4.1.99999.1.1.4.1.0.0"), SnmpValue.Text(name)),
            (Oid.Parse("1.3.6.1.4.1.99999.1.2.4.1.0.0"), SnmpValue.Integer(900)), (Oid.Parse("1.3.6.1.4.1.99999.1.3.4.1.0.0"), SnmpValue.Integer(3)));

        return point.FindField("part")?.Text ?? "";
    }

    [Test]
    public void Device_profiles_name_further_traps_and_their_variables()
    {
        using var folder = new TemporaryFolder();
        folder.Write("acme.yaml", """
            sysobjectid: 1.3.6.1.4.1.99.*
            traps:
              - trap_oid: 1.3.6.1.4.1.99.0.1
                trap_name: acmeFanFailed
                severity: critical
                events: [ { OID: 1.3.6.1.4.1.99.1.2, name: acmeFanState, enum: { spinning: 1, stuck: 2 } } ]
            """);
        var names = ProfileTraps.NamesOf(ProfileLibrary.Load([folder.Path]));

        var point = Write(names, Oid.Parse("1.3.6.1.4.1.99.0.1"), (Oid.Parse("1.3.6.1.4.1.99.1.2.7"), SnmpValue.Integer(2)));

        Assert.That((point.FindTag("trap"), point.FindField("severity")!.Value.Text, point.FindField("acmeFanState")!.Value.Text),
            Is.EqualTo(("acmeFanFailed", "critical", "stuck")));
        Assert.That(point.FindField("text")!.Value.Text, Is.EqualTo("acmeFanFailed acmeFanState=stuck"));
    }

    private static Point Write(TrapNames names, Oid trap, params ReadOnlySpan<(Oid Name, SnmpValue Value)> varbinds)
    {
        var writer = new TrapPointWriter(names, new TrapHosts(new Dictionary<string, string>(), new SourceRanges([]), new()));
        NotificationReader.TryReadV2(SnmpVersion.V2c, new Pdu(PduType.TrapV2, 1, Varbinds(trap, varbinds)), [], "", out var notification);
        return writer.Write(1, notification);
    }

    private static Point Write(Oid trap, params ReadOnlySpan<(Oid Name, SnmpValue Value)> varbinds)
    {
        using var stage = new ReceiverStage();
        stage.Receive(V2c(PduType.TrapV2, 1, trap, varbinds));
        return stage.Points.Single();
    }
}
