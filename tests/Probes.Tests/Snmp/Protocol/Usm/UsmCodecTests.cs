using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

/// <summary>What a device, or who pretends to be one, can send in answer.</summary>
public class UsmCodecTests
{
    private static readonly byte[] EngineId = [0x80, 0, 0, 1, 4, 7];
    private readonly ManualTimeProvider _time = new();
    private readonly UsmKeyCache _keys = new();

    [TestCaseSource(typeof(Some), nameof(Some.Users))]
    public void What_one_side_writes_the_other_reads(SnmpCredentials user)
    {
        using var codec = Discovered(user);

        var request = Write(codec, 77);
        var device = new UsmSession(user, EngineId, _keys);
        var read = UsmMessage.TryRead(request, out var message);
        var verified = user.Level == SecurityLevel.NoAuthNoPriv || device.Verify(message.Whole, message.AuthParameters);
        var decrypted = user.Level != SecurityLevel.AuthPriv || device.Cipher.TryDecrypt(message.Data, message.Boots, message.Time, message.PrivParameters);

        Assert.That(read && verified && decrypted, Is.True);
        Assert.That((message.Level, message.IsReportable, message.MessageId), Is.EqualTo((user.Level, true, 77)));
        Assert.That(UsmMessage.TryReadScoped(message.Data, out _, out _, out var element) && Pdu.TryRead(element, out var pdu) && pdu.RequestId == 77, Is.True);
        Assert.That(codec.Open(Answer(user, 77), out var answer), Is.EqualTo(SnmpOpening.Answer));
        Assert.That(answer.RequestId, Is.EqualTo(77));
    }

    [Test]
    public void Every_flipped_bit_of_a_signed_answer_is_found()
    {
        using var codec = Discovered(Some.User(AuthProtocol.SHA256, PrivProtocol.AES128));
        var answer = Answer(Some.User(AuthProtocol.SHA256, PrivProtocol.AES128), 5);

        for (var bit = 0; bit < answer.Length * 8; bit++)
        {
            byte[] flipped = [.. answer];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.That(codec.Open(flipped, out _), Is.Not.EqualTo(SnmpOpening.Answer).And.Not.EqualTo(SnmpOpening.Resend), $"bit {bit}");
        }

        Assert.That(codec.Open(answer, out _), Is.EqualTo(SnmpOpening.Answer));
    }

    [TestCaseSource(typeof(Some), nameof(Some.Users))]
    public void Every_prefix_of_an_answer_is_malformed(SnmpCredentials user)
    {
        using var codec = Discovered(user);
        var answer = Answer(user, 5);

        for (var length = 0; length < answer.Length; length++)
        {
            Assert.That(codec.Open(answer.AsSpan(0, length), out _), Is.EqualTo(SnmpOpening.Malformed));
        }
    }

    [Test]
    public void Every_inflated_length_costs_no_more_than_a_reason()
    {
        var user = Some.User(AuthProtocol.None, PrivProtocol.None);
        using var codec = Discovered(user);
        var answer = Answer(user, 5);

        for (var at = 0; at < answer.Length; at++)
        {
            foreach (byte[] length in new byte[][] { [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x80], [0xFF], [0x82, 0xFF, 0xFF], [0x7F] })
            {
                byte[] inflated = [.. answer[..at], .. length, .. answer[(at + 1)..]];
                var opening = codec.Open(inflated, out var opened);

                Assert.That(opening == SnmpOpening.Answer ? opened.VarbindList.Length : 0, Is.LessThanOrEqualTo(inflated.Length));
            }
        }
    }

    [Test]
    public void An_unsigned_answer_does_not_pass_for_a_signed_one()
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.None);
        using var codec = Discovered(user);

        var opening = codec.Open(Answer(Some.User(AuthProtocol.None, PrivProtocol.None) with { UserName = user.UserName }, 5), out _);

        Assert.That(opening, Is.EqualTo(SnmpOpening.WrongSecurityLevel));
    }

    [Test]
    public void An_answer_from_before_the_window_is_dropped()
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.None);
        using var codec = Discovered(user);
        var old = Answer(user, 5, time: 1000);
        _time.Advance(TimeSpan.FromSeconds(300));

        Assert.That(codec.Open(Answer(user, 6, time: 1300), out _), Is.EqualTo(SnmpOpening.Answer));
        Assert.That(codec.Open(old, out _), Is.EqualTo(SnmpOpening.NotInTimeWindow));
        Assert.That(codec.Open(Answer(user, 7, time: 1200), out _), Is.EqualTo(SnmpOpening.Answer));
        Assert.That(codec.Open(Answer(user, 8, boots: 2), out _), Is.EqualTo(SnmpOpening.NotInTimeWindow));
    }

    [Test]
    public void Wrong_users_engines_and_versions_are_told_apart()
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.None);
        using var codec = Discovered(user);

        Assert.That(codec.Open(Answer(user with { UserName = "other" }, 5), out _), Is.EqualTo(SnmpOpening.WrongUser));
        Assert.That(codec.Open(Answer(user, 5, engineId: [9, 9, 9, 9, 9]), out _), Is.EqualTo(SnmpOpening.WrongEngine));
        Assert.That(codec.Open(Convert.FromHexString("3015020101" + "04067075626C6963" + "A208020100020100020100"), out _), Is.EqualTo(SnmpOpening.WrongVersion));
    }

    [Test]
    public void A_device_whose_boots_went_backwards_is_followed()
    {
        var user = Some.User(AuthProtocol.SHA1, PrivProtocol.None);
        using var codec = Discovered(user);
        codec.Open(Answer(user, 5, boots: 9), out _);

        var opening = codec.Open(Report(user, 6, UsmReport.NotInTimeWindows, boots: 1, time: 30), out _);

        Assert.That(opening, Is.EqualTo(SnmpOpening.Resend));
        Assert.That(codec.Open(Answer(user, 6, boots: 1, time: 30), out _), Is.EqualTo(SnmpOpening.Answer));
    }

    [Test]
    public void The_first_request_asks_for_the_engine_id_and_a_small_buffer_gets_nothing()
    {
        using var codec = new SnmpSecurity(_time).Open(Some.User(AuthProtocol.SHA1, PrivProtocol.AES128), "device");
        var discovery = Write(codec, 9);

        Assert.That(UsmMessage.TryRead(discovery, out var message), Is.True);
        Assert.That((message.Level, message.IsReportable, message.EngineId.Length, message.UserName.Length), Is.EqualTo((SecurityLevel.NoAuthNoPriv, true, 0, 0)));
        using var known = Discovered(Some.User(AuthProtocol.SHA1, PrivProtocol.DES));
        var needed = Write(known, 9).Length;
        Assert.That(known.WriteRequest(new byte[needed - 9], Some.Get(9, new byte[100], Some.SysUpTime)), Is.Zero);
    }

    private SnmpCodec Discovered(SnmpCredentials user)
    {
        var codec = new SnmpSecurity(_time).Open(user, "device");
        Write(codec, 1);
        var opening = codec.Open(Report(Some.User(AuthProtocol.None, PrivProtocol.None) with { UserName = "" }, 1, UsmReport.UnknownEngineIds), out _);
        Assert.That(opening, Is.EqualTo(SnmpOpening.Resend));
        return codec;
    }

    private static byte[] Write(SnmpCodec codec, int id)
    {
        var buffer = new byte[500];
        return buffer[^codec.WriteRequest(buffer, Some.Get(id, new byte[100], Some.SysUpTime))..];
    }

    private byte[] Report(SnmpCredentials user, int id, Oid counter, int boots = 3, int time = 1000)
    {
        var varbinds = new VarbindWriter(new byte[100]);
        varbinds.TryAdd(counter, SnmpValue.Counter32(1));
        return Send(user, new Pdu(PduType.Report, id, varbinds.Written), boots, time, EngineId);
    }

    private byte[] Answer(SnmpCredentials user, int id, int boots = 3, int time = 1000, byte[]? engineId = null)
    {
        var varbinds = new VarbindWriter(new byte[100]);
        varbinds.TryAdd(Some.SysUpTime, SnmpValue.TimeTicks(4711));
        return Send(user, new Pdu(PduType.Response, id, varbinds.Written), boots, time, engineId ?? EngineId);
    }

    private byte[] Send(SnmpCredentials user, Pdu pdu, int boots, int time, byte[] engineId)
    {
        using var session = new UsmSession(user, engineId, _keys);
        var buffer = new byte[500];
        var length = new UsmMessageWriter
        {
            MessageId = pdu.RequestId,
            Level = user.Level,
            EngineId = engineId,
            Boots = boots,
            Time = time,
            UserName = session.UserName,
            ContextEngineId = engineId,
            Session = session,
        }.Write(buffer, pdu);
        return buffer[^length..];
    }
}
