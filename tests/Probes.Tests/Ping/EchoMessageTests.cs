using System.Net;
using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Tests.Ping;

public class EchoMessageTests
{
    private const ushort Identifier = 0x1234;

    private static byte[] Request(bool v6 = false, int size = 56)
    {
        var message = new byte[EchoMessage.HeaderLength + size];
        EchoMessage.WriteRequest(message, v6, Identifier, sequence: 0xABCD, index: 77, nonce: 0x0102030405060708);
        return message;
    }

    private static byte[] Reply(bool v6)
    {
        var message = Request(v6);
        message[0] = v6 ? (byte)129 : (byte)0;
        return message;
    }

    /// <summary>An ICMP error of a router about a packet of ours, as RFC 792 and RFC 4443 lay it out.</summary>
    private static byte[] Error(bool v6, byte type, byte code, int quoted)
    {
        var header = v6
            ? [0x60, 0, 0, 0, 0, 64, 58, 64, .. IPAddress.Parse("2001:db8::1").GetAddressBytes(), .. IPAddress.Parse("2001:db8::2").GetAddressBytes()]
            : (byte[])[0x46, 0, 0, 88, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 1, 1, 1, 1];
        return [type, code, 0, 0, 0, 0, 0, 0, .. header, .. Request(v6)[..quoted]];
    }

    [Test]
    public void A_request_is_laid_out_as_RFC_792_says()
    {
        var message = Request();

        Assert.That(Convert.ToHexString(message[..2]), Is.EqualTo("0800"));
        Assert.That(Convert.ToHexString(message[4..20]), Is.EqualTo("1234ABCD0000004D0102030405060708"));
        Assert.That(SumOfWords(message), Is.EqualTo(0xFFFF));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_reply_gives_back_what_was_asked(bool v6)
    {
        Assert.That(EchoMessage.TryRead(Reply(v6), v6, Identifier, out var answer), Is.True);

        Assert.That((answer.Sequence, answer.Index, answer.Nonce, answer.Error), Is.EqualTo(((ushort)0xABCD, 77, 0x0102030405060708ul, (string?)null)));
    }

    [TestCase(false, 3, 1, "host unreachable", "192.0.2.2")]
    [TestCase(false, 3, 13, "administratively prohibited", "192.0.2.2")]
    [TestCase(false, 11, 0, "time to live exceeded in transit", "192.0.2.2")]
    [TestCase(true, 1, 3, "address unreachable", "2001:db8::2")]
    [TestCase(true, 2, 0, "packet too big", "2001:db8::2")]
    public void An_error_names_its_reason_and_our_packet(bool v6, byte type, byte code, string reason, string destination)
    {
        Assert.That(EchoMessage.TryRead(Error(v6, type, code, quoted: 64), v6, Identifier, out var whole), Is.True);
        Assert.That(EchoMessage.TryRead(Error(v6, type, code, quoted: 8), v6, Identifier, out var header), Is.True);

        Assert.That((whole.Error, whole.Index, whole.Destination), Is.EqualTo((reason, 77, IPAddress.Parse(destination))));
        Assert.That((header.Sequence, header.HasPayload), Is.EqualTo(((ushort)0xABCD, false)));
    }

    [Test]
    public void What_others_sent_is_passed_over()
    {
        Assert.That(EchoMessage.TryRead(Request(), v6: false, Identifier, out _), Is.False, "a request");
        Assert.That(EchoMessage.TryRead(Reply(v6: false), v6: false, 0x4321, out _), Is.False, "another program's identifier");
        Assert.That(EchoMessage.TryRead(Error(false, 5, 0, 64), v6: false, Identifier, out _), Is.False, "a redirect");
        Assert.That(EchoMessage.TryRead(Error(false, 3, 1, 64), v6: false, 0x4321, out _), Is.False, "an error for another program");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void No_prefix_and_no_flipped_bit_does_more_than_be_refused(bool v6)
    {
        foreach (var message in new[] { Reply(v6), Error(v6, v6 ? (byte)1 : (byte)3, 1, 64) })
        {
            for (var length = 0; length <= message.Length; length++)
            {
                EchoMessage.TryRead(message.AsSpan(0, length), v6, Identifier, out _);
                EchoMessage.TryReadRequest(message.AsSpan(0, length), v6, null, out _);
                Assert.That(EchoMessage.SkipIPv4Header(message.AsSpan(0, length)).Length, Is.LessThanOrEqualTo(length));
            }

            for (var bit = 0; bit < message.Length * 8; bit++)
            {
                var flipped = message.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                if (EchoMessage.TryRead(flipped, v6, Identifier, out var answer))
                {
                    Assert.That(answer.HasPayload || answer.Error is not null, Is.True);
                }
            }
        }
    }

    [TestCase("45000054000040004001000001020304050607080000", 2)]
    [TestCase("4F000054", 0)]
    [TestCase("45000054000040004011000001020304050607080000", 0)]
    [TestCase("60000054000040004001000001020304050607080000", 0)]
    public void The_IPv4_header_is_measured_before_it_is_skipped(string packet, int rest) =>
        Assert.That(EchoMessage.SkipIPv4Header(Convert.FromHexString(packet)).Length, Is.EqualTo(rest));

    private static int SumOfWords(byte[] message)
    {
        var sum = 0;
        for (var i = 0; i < message.Length; i += 2)
        {
            sum += (message[i] << 8) | message[i + 1];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum >> 16) + (sum & 0xFFFF);
        }

        return sum;
    }
}
