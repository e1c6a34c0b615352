using NocMonitor.Probes.Ntp;

namespace NocMonitor.Probes.Tests.Ntp;

public class NtpPacketTests
{
    private const ulong Nonce = 0x0102030405060708;

    private static byte[] Answer()
    {
        var request = new byte[48];
        NtpPacket.WriteRequest(request, Nonce);
        return FakeNtpServer.Answer(request, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Test]
    public void A_request_says_nothing_about_this_machine()
    {
        var request = new byte[48];
        NtpPacket.WriteRequest(request, Nonce);

        Assert.That(Convert.ToHexString(request), Is.EqualTo("23" + new string('0', 78) + "0102030405060708"));
    }

    [TestCase(1, "GPS\0", "GPS", TestName = "Reference_of_three_letters")]
    [TestCase(1, "PPS ", "PPS")]
    [TestCase(0, "DENY", "DENY")]
    [TestCase(1, "\u0001ab\u007f", "0161627F", TestName = "Reference_that_is_no_text")]
    [TestCase(3, "abcd", "97.98.99.100")]
    public void The_reference_reads_by_its_stratum(int stratum, string bytes, string expected)
    {
        var answer = Answer();
        answer[1] = (byte)stratum;
        System.Text.Encoding.Latin1.GetBytes(bytes).CopyTo(answer, 12);

        Assert.That(NtpPacket.TryRead(answer, Nonce, out var packet, out _), Is.True);

        Assert.That(packet.Reference, Is.EqualTo(expected));
    }

    [Test]
    public void No_prefix_and_no_flipped_bit_does_more_than_be_refused()
    {
        var answer = Answer();
        for (var length = 0; length < answer.Length; length++)
        {
            Assert.That(NtpPacket.TryRead(answer.AsSpan(0, length), Nonce, out _, out var fault), Is.False);
            Assert.That(fault, Is.Not.Empty);
        }

        for (var bit = 0; bit < answer.Length * 8; bit++)
        {
            var flipped = answer.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var good = NtpPacket.TryRead(flipped, Nonce, out var packet, out var fault);
            Assert.That(good, Is.EqualTo(fault.Length == 0));
            var sample = NtpSample.Of(packet, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.Zero);
            Assert.That(double.IsFinite(sample.Offset) && packet.Refusal is not null, Is.True);
        }
    }

    [Test]
    public void Times_are_told_apart_to_a_fraction_of_a_microsecond_and_wrap()
    {
        var time = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var stamp = NtpTimestamp.From(time);

        Assert.That(NtpTimestamp.From(time.AddTicks(7)).SecondsSince(stamp), Is.EqualTo(7e-7).Within(1e-9));
        Assert.That(NtpTimestamp.From(time.AddDays(-1)).SecondsSince(stamp), Is.EqualTo(-86400));
        Assert.That(new NtpTimestamp(5UL << 32).SecondsSince(new NtpTimestamp(unchecked((ulong)-5L << 32))), Is.EqualTo(10));
    }
}
