using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

public class CommunityCodecTests
{
    private static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");

    [Test]
    public void A_get_is_written_as_the_standard_says()
    {
        var datagram = Write(SnmpVersion.V2c, PduType.Get);

        Assert.That(Convert.ToHexString(datagram), Is.EqualTo(
            "3029" + "020101" + "04067075626C6963" + "A01C" + "020412345678" + "020100" + "020100" + "300E" + "300C" + "06082B06010201010300" + "0500"));
    }

    [Test]
    public void A_get_bulk_carries_its_two_numbers()
    {
        var varbinds = new VarbindWriter(new byte[100]);
        varbinds.TryAdd(SysUpTime.Encoded);
        var codec = Codec(SnmpVersion.V2c);
        var buffer = new byte[200];
        var length = codec.WriteRequest(buffer, new Pdu(PduType.GetBulk, 7, varbinds.Written) { NonRepeaters = 1, MaxRepetitions = 25 });
        var read = SnmpMessage.TryOpen(buffer.AsSpan(200 - length), out _, out var content)
            & SnmpMessage.TryReadCommunity(content, out _, out var element) & Pdu.TryRead(element, out var pdu);

        Assert.That(read, Is.True);
        Assert.That((pdu.Type, pdu.RequestId, pdu.NonRepeaters, pdu.MaxRepetitions), Is.EqualTo((PduType.GetBulk, 7, 1, 25)));
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    public void A_response_of_the_same_version_is_an_answer(SnmpVersion version)
    {
        var opening = Codec(version).Open(Write(version, PduType.Response), out var answer);

        Assert.That(opening, Is.EqualTo(SnmpOpening.Answer));
        Assert.That(answer.RequestId, Is.EqualTo(0x12345678));
        Assert.That(answer.Varbinds.MoveNext(), Is.True);
    }

    [Test]
    public void Anything_else_is_dropped_with_its_reason()
    {
        var codec = Codec(SnmpVersion.V2c);

        Assert.That(codec.Open(Write(SnmpVersion.V1, PduType.Response), out _), Is.EqualTo(SnmpOpening.WrongVersion));
        Assert.That(codec.Open(Write(SnmpVersion.V2c, PduType.Get), out _), Is.EqualTo(SnmpOpening.NotAnAnswer));
        Assert.That(codec.Open(new byte[40], out _), Is.EqualTo(SnmpOpening.Malformed));
        Assert.That(codec.Open([], out _), Is.EqualTo(SnmpOpening.Malformed));
    }

    [Test]
    public void Bytes_behind_the_message_are_ignored() =>
        Assert.That(Codec(SnmpVersion.V2c).Open([.. Write(SnmpVersion.V2c, PduType.Response), 0, 0, 7], out _), Is.EqualTo(SnmpOpening.Answer));

    [Test]
    public void The_id_is_seen_without_opening()
    {
        Assert.That(SnmpMessage.TryPeekId(Write(SnmpVersion.V1, PduType.Response), out var id), Is.True);
        Assert.That(id, Is.EqualTo(0x12345678));
        Assert.That(SnmpMessage.TryPeekId(new byte[10], out _), Is.False);
    }

    [Test]
    public void A_request_that_does_not_fit_is_not_written()
    {
        var needed = Write(SnmpVersion.V2c, PduType.Get).Length;

        Assert.That(Codec(SnmpVersion.V2c).WriteRequest(new byte[needed - 1], Request(PduType.Get, new byte[100])), Is.Zero);
        Assert.That(Codec(SnmpVersion.V2c).WriteRequest(new byte[needed], Request(PduType.Get, new byte[100])), Is.EqualTo(needed));
    }

    [Test]
    public void Every_prefix_and_every_flipped_bit_is_an_answer_or_a_reason()
    {
        var message = Write(SnmpVersion.V2c, PduType.Response);
        var codec = Codec(SnmpVersion.V2c);

        for (var length = 0; length < message.Length; length++)
        {
            Assert.That(codec.Open(message.AsSpan(0, length), out _), Is.EqualTo(SnmpOpening.Malformed));
        }

        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] flipped = [.. message];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (codec.Open(flipped, out var answer) == SnmpOpening.Answer)
            {
                Count(answer);
            }
        }
    }

    private static int Count(Pdu answer)
    {
        var count = 0;
        foreach (var varbind in answer.Varbinds)
        {
            count += varbind.ToString().Length;
        }

        return count;
    }

    private static SnmpCodec Codec(SnmpVersion version) =>
        new SnmpSecurity(TimeProvider.System).Open(new SnmpCredentials { Version = version, Community = new Secret("public") }, "device");

    private static Pdu Request(PduType type, byte[] room)
    {
        var varbinds = new VarbindWriter(room);
        varbinds.TryAdd(SysUpTime.Encoded);
        return new Pdu(type, 0x12345678, varbinds.Written);
    }

    private static byte[] Write(SnmpVersion version, PduType type)
    {
        var buffer = new byte[200];
        var length = Codec(version).WriteRequest(buffer, Request(type, new byte[100]));
        return buffer[^length..];
    }
}
