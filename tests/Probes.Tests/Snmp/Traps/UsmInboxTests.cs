using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Probes.Snmp.Traps;
using NocMonitor.Probes.Tests.Snmp.Protocol;
using static NocMonitor.Probes.Tests.Snmp.Traps.TrapMessages;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

/// <summary>Version 3 as a receiver: the sender's authority for traps, this agent's for informs.</summary>
public class UsmInboxTests
{
    private static readonly byte[] SenderId = [0x80, 0, 0, 1, 4, 7];
    private static readonly SnmpCredentials User = Some.User(AuthProtocol.SHA256, PrivProtocol.AES128);

    [Test]
    public void A_trap_recorded_and_sent_again_later_is_outside_the_window()
    {
        using var stage = new ReceiverStage("{}", User);
        var recorded = Trap(1, boots: 3, time: 1000);
        stage.Receive(recorded);
        stage.Time.Advance(TimeSpan.FromSeconds(400));

        stage.Receive(Trap(2, boots: 3, time: 1400));
        stage.Receive(Trap(3, boots: 3, time: 1000));
        stage.Receive(Trap(4, boots: 2, time: 1400));
        stage.Receive(Trap(5, boots: 4, time: 1));

        Assert.That(stage.Points, Has.Count.EqualTo(3));
        Assert.That(stage.Counters[TrapFate.NotInTimeWindow], Is.EqualTo(2));
    }

    [Test]
    public void Without_the_check_a_sender_may_lose_its_clock()
    {
        using var stage = new ReceiverStage("""{ "CheckTime": false }""", User);

        stage.Receive(Trap(1, boots: 3, time: 1000));
        stage.Receive(Trap(2, boots: 1, time: 5));

        Assert.That(stage.Points, Has.Count.EqualTo(2));
    }

    [Test]
    public void An_inform_is_led_to_this_engine_and_its_time_and_answered()
    {
        using var stage = new ReceiverStage("{}", User);
        stage.Time.Advance(TimeSpan.FromSeconds(1000));

        var lost = stage.Receive(Inform(1, SenderId, 0, 0));
        var late = stage.Receive(Inform(2, stage.Engine.Id, stage.Engine.Boots, 10));
        var good = stage.Receive(Inform(3, stage.Engine.Id, stage.Engine.Boots, 1000));

        Assert.That((CounterOf(lost), CounterOf(late)), Is.EqualTo((UsmReport.UnknownEngineIds, UsmReport.NotInTimeWindows)));
        Assert.That(UsmMessage.TryRead(late, out var report) && report.Level == SecurityLevel.AuthNoPriv && report.Time == 1000, Is.True, "signed, with the right time");
        Assert.That(UsmMessage.TryRead(good, out var answer) && answer.Level == SecurityLevel.AuthPriv, Is.True);
        Assert.That(stage.Points, Has.Count.EqualTo(1));
        Assert.That((stage.Counters[TrapFate.Discovery], stage.Counters[TrapFate.Taken]), Is.EqualTo((2L, 1L)));
    }

    [Test]
    public void The_question_for_the_engine_id_is_answered()
    {
        using var stage = new ReceiverStage();
        var question = V3(Some.User(AuthProtocol.None, PrivProtocol.None) with { UserName = "" }, new Pdu(PduType.Get, 5, []), [], 0, 0, isReportable: true);

        var report = stage.Receive(question);

        Assert.That(CounterOf(report), Is.EqualTo(UsmReport.UnknownEngineIds));
        Assert.That(UsmMessage.TryRead(report, out var message) && message.EngineId.SequenceEqual(stage.Engine.Id), Is.True);
    }

    [Test]
    public void Two_users_of_one_name_are_told_apart_by_their_passwords()
    {
        var other = User with { AuthPassword = new("another password"), PrivPassword = new("another password") };
        using var stage = new ReceiverStage("{}", User, other);

        stage.Receive(Trap(1, 1, 1));
        stage.Receive(V3(other, new Pdu(PduType.TrapV2, 2, Varbinds(LinkDown)), [0x80, 9, 9, 9, 9], 1, 1));
        stage.Receive(V3(User with { AuthPassword = new("a third password") }, new Pdu(PduType.TrapV2, 3, Varbinds(LinkDown)), SenderId, 1, 1));

        Assert.That((stage.Points.Count, stage.Counters[TrapFate.WrongDigest]), Is.EqualTo((2, 1L)));
    }

    [Test]
    public void A_wrong_privacy_password_cannot_be_decrypted()
    {
        using var stage = new ReceiverStage("{}", User);

        stage.Receive(V3(User with { PrivPassword = new("a third password") }, new Pdu(PduType.TrapV2, 3, Varbinds(LinkDown)), SenderId, 1, 1));

        Assert.That(stage.Counters[TrapFate.CannotDecrypt], Is.EqualTo(1));
    }

    [Test]
    public void Nobody_makes_a_trap_wait_for_a_report()
    {
        using var stage = new ReceiverStage("{}", User);

        var answers = new[]
        {
            stage.Receive(V3(User with { UserName = "nobody" }, new Pdu(PduType.TrapV2, 1, Varbinds(LinkDown)), SenderId, 1, 1)),
            stage.Receive(V3(User with { AuthPassword = new("a third password") }, new Pdu(PduType.TrapV2, 1, Varbinds(LinkDown)), stage.Engine.Id, 1, 1)),
        };

        Assert.That(answers, Is.All.Empty);
        Assert.That((stage.Counters[TrapFate.UnknownUser], stage.Counters[TrapFate.WrongDigest]), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void Every_flipped_bit_of_a_signed_trap_is_found()
    {
        using var stage = new ReceiverStage("""{ "Rate": 1000000, "Burst": 1000000 }""", User);
        var trap = Trap(1, 1, 1);

        for (var bit = 0; bit < trap.Length * 8; bit++)
        {
            byte[] flipped = [.. trap];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            stage.Receive(flipped);
        }

        Assert.That(stage.Points, Is.Empty);
        Assert.That(stage.Counters.Received, Is.EqualTo(trap.Length * 8));
    }

    private static byte[] Trap(int id, int boots, int time) => V3(User, new Pdu(PduType.TrapV2, id, Varbinds(LinkDown)), SenderId, boots, time);

    private static byte[] Inform(int id, byte[] engineId, int boots, int time) =>
        V3(User, new Pdu(PduType.Inform, id, Varbinds(LinkDown)), engineId, boots, time, isReportable: true);

    /// <summary>The counter that a report names.</summary>
    private static Oid CounterOf(byte[] report) =>
        UsmMessage.TryRead(report, out var message) && UsmMessage.TryReadScoped(message.Data, out _, out _, out var element)
        && Pdu.TryRead(element, out var pdu) && pdu.Type == PduType.Report && pdu.Varbinds is var varbinds && varbinds.MoveNext()
            ? Oid.FromEncoded(varbinds.Current.Name)
            : default;
}
