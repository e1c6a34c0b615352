using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Traps;
using static NocMonitor.Probes.Tests.Snmp.Traps.TrapMessages;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

public class TrapReceiverTests
{
    [Test]
    public void A_source_outside_the_networks_is_dropped_unread()
    {
        using var stage = new ReceiverStage("""{ "Sources": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"] }""");

        foreach (var source in new[] { "10.255.0.1", "11.0.0.1", "2001:db8::1", "2001:db9::1", "192.0.2.7", "192.0.2.8", "::ffff:10.0.0.9" })
        {
            stage.Receive(V2c(PduType.TrapV2, 1, ColdStart), source);
        }

        stage.Receive([1, 2, 3], "11.0.0.1");
        Assert.That(stage.Points.Select(point => point.FindTag("host")), Is.EqualTo(new[] { "10.255.0.1", "2001:db8::1", "192.0.2.7", "10.0.0.9" }));
        Assert.That((stage.Counters[TrapFate.SourceNotAllowed], stage.Counters[TrapFate.Malformed]), Is.EqualTo((4L, 0L)));
    }

    [Test]
    public void A_source_that_sends_too_much_is_limited_alone_and_recovers()
    {
        using var stage = new ReceiverStage("""{ "Rate": 2, "Burst": 3 }""");

        for (var id = 0; id < 10; id++)
        {
            stage.Receive(V2c(PduType.TrapV2, id, ColdStart), "10.0.0.1");
        }

        stage.Receive(V2c(PduType.TrapV2, 1, ColdStart), "10.0.0.2");
        Assert.That((stage.Points.Count, stage.Counters[TrapFate.OverLimit]), Is.EqualTo((4, 7L)));

        stage.Time.Advance(TimeSpan.FromSeconds(1));
        for (var id = 20; id < 25; id++)
        {
            stage.Receive(V2c(PduType.TrapV2, id, ColdStart), "10.0.0.1");
        }

        Assert.That((stage.Points.Count, stage.Counters[TrapFate.OverLimit]), Is.EqualTo((6, 10L)));
    }

    [Test]
    public void A_repeated_inform_is_answered_again_and_stored_once()
    {
        using var stage = new ReceiverStage();
        var inform = V2c(PduType.Inform, 7, LinkDown);

        var answers = new[] { stage.Receive(inform), stage.Receive(inform) };

        Assert.That(answers[1], Is.EqualTo(answers[0]).And.Not.Empty);
        Assert.That(Convert.ToHexString(answers[0]), Is.EqualTo(Convert.ToHexString(inform).Replace("A6", "A2")), "the inform itself, as a response");
        Assert.That((stage.Points.Count, stage.Counters[TrapFate.Duplicate]), Is.EqualTo((1, 1L)));
    }

    [Test]
    public void What_differs_in_source_id_content_or_is_long_ago_is_no_repetition()
    {
        using var stage = new ReceiverStage("""{ "DuplicateWindow": "10s" }""");

        stage.Receive(V2c(PduType.TrapV2, 7, LinkDown), "10.0.0.1");
        stage.Receive(V2c(PduType.TrapV2, 7, LinkDown), "10.0.0.2");
        stage.Receive(V2c(PduType.TrapV2, 8, LinkDown), "10.0.0.1");
        stage.Receive(V2c(PduType.TrapV2, 7, ColdStart), "10.0.0.1");
        stage.Time.Advance(TimeSpan.FromSeconds(9));
        stage.Receive(V2c(PduType.TrapV2, 7, LinkDown), "10.0.0.1");
        Assert.That((stage.Points.Count, stage.Counters[TrapFate.Duplicate]), Is.EqualTo((4, 1L)));

        stage.Time.Advance(TimeSpan.FromSeconds(21));
        stage.Receive(V2c(PduType.TrapV2, 7, LinkDown), "10.0.0.1");
        Assert.That(stage.Points, Has.Count.EqualTo(5));
    }

    [Test]
    public void What_is_no_notification_is_counted_and_gets_no_answer()
    {
        using var stage = new ReceiverStage();

        var answers = new[]
        {
            stage.Receive(Community(new Pdu(PduType.Get, 1, []))), stage.Receive([0x30, 0x80]), stage.Receive([]),
            stage.Receive(Community(new Pdu(PduType.TrapV2, 1, []))),
        };

        Assert.That(answers, Is.All.Empty);
        Assert.That(stage.Points, Is.Empty);
        Assert.That((stage.Counters[TrapFate.NotANotification], stage.Counters[TrapFate.Malformed]), Is.EqualTo((1L, 3L)));
    }

    [Test]
    public void Every_prefix_and_flipped_bit_of_a_trap_is_a_point_or_a_count()
    {
        using var stage = new ReceiverStage("""{ "Rate": 1000000, "Burst": 1000000 }""");
        var trap = V2c(PduType.Inform, 7, LinkDown, (Oid.Parse("1.3.6.1.2.1.2.2.1.1.7"), SnmpValue.Integer(7)));

        for (var length = 0; length < trap.Length; length++)
        {
            stage.Receive(trap[..length]);
        }

        Assert.That(stage.Counters[TrapFate.Malformed], Is.EqualTo(trap.Length));
        for (var bit = 0; bit < trap.Length * 8; bit++)
        {
            byte[] flipped = [.. trap];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            stage.Receive(flipped);
        }

        Assert.That(stage.Counters.Received, Is.EqualTo(trap.Length * 9));
    }

    [TestCase(0, "1.3.6.1.6.3.1.1.5.1")]
    [TestCase(5, "1.3.6.1.6.3.1.1.5.6")]
    [TestCase(6, "1.3.6.1.4.1.9.0.4294967295")]
    public void Version_1_names_are_translated(int generic, string expected)
    {
        using var stage = new ReceiverStage();

        stage.Receive(V1("1.3.6.1.4.1.9", generic, -1, [10, 1, 2, 3]));

        Assert.That(stage.Points.Single().FindField("oid")!.Value.Text, Is.EqualTo(expected));
    }

    [Test]
    public void A_source_is_called_as_configured_or_polled_and_a_relay_stands_for_another()
    {
        using var stage = new ReceiverStage("""{ "Names": { "10.0.0.1": "core-1" }, "Relays": ["10.0.0.9"] }""");
        stage.Polled.Set(System.Net.IPAddress.Parse("10.0.0.2"), "edge-2");

        foreach (var source in new[] { "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.9" })
        {
            stage.Receive(V1("1.3.6.1.4.1.9", 0, 0, [10, 0, 0, 2]), source);
        }

        Assert.That(stage.Points.Select(point => point.FindTag("host")), Is.EqualTo(new[] { "core-1", "edge-2", "10.0.0.3", "edge-2" }));
    }
}
