using NocMonitor.Probes.Dns;

namespace NocMonitor.Probes.Tests.Dns;

public class DnsResponseTests
{
    private const ushort Id = 0x4242;

    private static byte[] Asked => DnsAnswer.Asked;

    private static (DnsQuestion Question, byte[] Query) Ask(string name, DnsRecordType type)
    {
        Assert.That(DnsQuestion.TryParse(name, type, out var question), Is.True);
        var query = new byte[question.QueryLength];
        question.WriteQuery(query, Id, recursive: true);
        return (question, query);
    }

    private static string Read(string name, DnsRecordType type, Func<DnsAnswer, DnsAnswer> build, int? count = null)
    {
        var (question, query) = Ask(name, type);
        var response = DnsResponse.Read(build(DnsAnswer.To(query)).Build(count), question, Id, out var fault);
        return response is null ? $"! {fault}" : string.Join(" | ", response.Answers);
    }

    [Test]
    public void A_query_is_laid_out_as_RFC_1035_says() =>
        Assert.That(Convert.ToHexString(Ask("a.bc", DnsRecordType.MX).Query), Is.EqualTo("424201000001000000000000016102626300000F0001"));

    [TestCase("192.0.2.7", "7.2.0.192.in-addr.arpa")]
    [TestCase("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [TestCase("host.example.", "host.example")]
    public void An_address_is_asked_for_by_its_reverse_name(string target, string name) =>
        Assert.That(DnsName.ToText(Ask(target, DnsRecordType.PTR).Question.Name), Is.EqualTo(name));

    [Test]
    public void Each_type_reads_as_a_zone_file_writes_it()
    {
        var mail = DnsAnswer.Name("mx1.example.com");
        Assert.Multiple(() =>
        {
            Assert.That(Read("x.example", DnsRecordType.A, a => a.Address("192.0.2.1")), Is.EqualTo("192.0.2.1"));
            Assert.That(Read("x.example", DnsRecordType.AAAA, a => a.Record(Asked, 28, 1, [0x20, 1, 0xD, 0xB8, .. new byte[11], 5])), Is.EqualTo("2001:db8::5"));
            Assert.That(Read("x.example", DnsRecordType.MX, a => a.Record(Asked, 15, 1, [0, 10, .. mail]).Record(Asked, 15, 1, [0, 20, 2, (byte)'m', (byte)'2', .. Asked])),
                Is.EqualTo("10 mx1.example.com | 20 m2.x.example"));
            Assert.That(Read("x.example", DnsRecordType.NS, a => a.Record(Asked, 2, 1, mail)), Is.EqualTo("mx1.example.com"));
            Assert.That(Read("x.example", DnsRecordType.CNAME, a => a.Record(Asked, 5, 1, mail)), Is.EqualTo("mx1.example.com"));
            Assert.That(Read("192.0.2.1", DnsRecordType.PTR, a => a.Record(Asked, 12, 1, mail)), Is.EqualTo("mx1.example.com"));
            Assert.That(Read("x.example", DnsRecordType.TXT, a => a.Record(Asked, 16, 1, [3, (byte)'v', (byte)'=', (byte)'s', 2, (byte)'p', 0xFF])), Is.EqualTo("v=sp\\255"));
            Assert.That(Read("x.example", DnsRecordType.SRV, a => a.Record(Asked, 33, 1, [0, 1, 0, 2, 0, 80, .. mail])), Is.EqualTo("1 2 80 mx1.example.com"));
            Assert.That(Read("x.example", DnsRecordType.SOA, a => a.Record(Asked, 6, 1,
                    [.. mail, .. Asked, .. DnsAnswer.U32(2026112201), .. DnsAnswer.U32(3600), .. DnsAnswer.U32(600), .. DnsAnswer.U32(86400), .. DnsAnswer.U32(300)])),
                Is.EqualTo("mx1.example.com x.example 2026112201 3600 600 86400 300"));
            Assert.That(Read(".", DnsRecordType.NS, a => a.Record([0], 2, 1, [0])), Is.EqualTo("."));
        });
    }

    [Test]
    public void Aliases_are_followed_and_other_names_left_out()
    {
        var answers = Read("www.example", DnsRecordType.A, a => a
            .Record(DnsAnswer.Name("cdn.example"), 1, 5, [192, 0, 2, 5])
            .Record(Asked, 5, 60, DnsAnswer.Name("WEB.example"))
            .Record(DnsAnswer.Name("web.EXAMPLE"), 5, 60, DnsAnswer.Name("cdn.example"))
            .Record(DnsAnswer.Name("evil.example"), 1, 5, [192, 0, 2, 66])
            .Record(DnsAnswer.Name("cdn.example"), 1, 5, [192, 0, 2, 77], @class: 3));

        Assert.That(answers, Is.EqualTo("192.0.2.5"));
    }

    [Test]
    public void Aliases_that_turn_in_a_circle_end()
    {
        var answers = Read("a.example", DnsRecordType.A, a => a
            .Record(Asked, 5, 60, DnsAnswer.Name("b.example"))
            .Record(DnsAnswer.Name("b.example"), 5, 60, Asked));

        Assert.That(answers, Is.EqualTo("! its aliases go on for more than 16 steps"));
    }

    [Test]
    public void Malformed_records_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Read("x", DnsRecordType.A, a => a.Record(Asked, 1, 1, [1, 2, 3])), Is.EqualTo("! its records are malformed"), "an address of three bytes");
            Assert.That(Read("x", DnsRecordType.A, a => a.Record(Asked, 1, 1, [1, 2, 3, 4], length: 5)), Does.StartWith("!"), "data over the end");
            Assert.That(Read("x", DnsRecordType.A, a => a.Address("192.0.2.1"), count: 2), Does.StartWith("!"), "a record too few");
            Assert.That(Read("x", DnsRecordType.A, a => a.Address("192.0.2.1"), count: 1001), Does.StartWith("!"), "a count beyond belief");
            Assert.That(Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [0xC0, 31])), Does.StartWith("!"), "a pointer to itself");
            Assert.That(Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [1, (byte)'a', 0xC0, 31])), Does.StartWith("!"), "a pointer to its own label");
            Assert.That(Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [0xC0, 0xFF])), Does.StartWith("!"), "a pointer forwards");
            Assert.That(Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [0x80, 1])), Does.StartWith("!"), "a reserved label type");
            Assert.That(Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [1, (byte)'a', 0, 9])), Does.StartWith("!"), "bytes behind the name");
            Assert.That(Read("x", DnsRecordType.TXT, a => a.Record(Asked, 16, 1, [9, 1])), Does.StartWith("!"), "a string over the end");
            Assert.That(Read("x", DnsRecordType.SOA, a => a.Record(Asked, 6, 1, [0, 0, 1, 2])), Does.StartWith("!"), "an SOA without its numbers");
        });
    }

    [Test]
    public void A_name_longer_than_255_bytes_is_refused()
    {
        var label = DnsAnswer.Name(new string('a', 63))[..^1];

        var answer = Read("x", DnsRecordType.NS, a => a.Record(Asked, 2, 1, [.. label, .. label, .. label, .. label, 0]));

        Assert.That(answer, Does.StartWith("!"));
    }

    [Test]
    public void No_prefix_and_no_flipped_bit_does_more_than_be_refused()
    {
        foreach (var type in Enum.GetValues<DnsRecordType>())
        {
            var (question, query) = Ask("www.example", type);
            var message = DnsAnswer.To(query)
                .Record(Asked, 5, 60, [3, (byte)'c', (byte)'d', (byte)'n', 0xC0, 16])
                .Record([0xC0, 41], (int)type, 60, [0, 1, 0, 2, 0, 80, 1, (byte)'x', 0xC0, 16, .. new byte[20]]).Build();
            for (var length = 0; length < message.Length; length++)
            {
                Assert.That(DnsResponse.Read(message.AsSpan(0, length), question, Id, out var fault), Is.Null, $"{length} bytes");
                Assert.That(fault, Is.Not.Empty);
            }

            for (var bit = 0; bit < message.Length * 8; bit++)
            {
                var flipped = message.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                var response = DnsResponse.Read(flipped, question, Id, out var fault);
                Assert.That(response is null, Is.EqualTo(fault.Length > 0));
            }
        }
    }
}
