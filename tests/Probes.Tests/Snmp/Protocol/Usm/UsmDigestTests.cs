using System.Text;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

public class UsmDigestTests
{
    [TestCase("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f", TestName = "Nothing")]
    [TestCase("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7", TestName = "FIPS 180: one block")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525", TestName = "FIPS 180: two blocks")]
    public void Sha224_gives_the_published_hashes(string text, string expected)
    {
        using var digest = new Sha224Digest();
        var hash = new byte[digest.Length];
        foreach (var value in Encoding.ASCII.GetBytes(text))
        {
            digest.Append([value]);
        }

        digest.Finish(hash);

        Assert.That(Convert.ToHexStringLower(hash), Is.EqualTo(expected));
    }

    [Test]
    public void Sha224_fills_up_to_the_block_at_every_length()
    {
        using var digest = new Sha224Digest();
        var hash = new byte[digest.Length];
        digest.Append(Encoding.ASCII.GetBytes(new string('a', 119)));
        digest.Finish(hash);

        Assert.That(Convert.ToHexStringLower(hash), Is.EqualTo("e000e6709d26667b631faa7fc1bd404eb4774003c5fb4f51a0184875"));
    }

    [Test]
    public void A_mac_starts_anew_after_each_message()
    {
        using var mac = UsmDigest.CreateMac(AuthProtocol.SHA224, [.. Enumerable.Range(0, 28).Select(number => (byte)number)]);
        var first = new byte[mac.Length];
        var second = new byte[mac.Length];
        mac.Append(Encoding.ASCII.GetBytes(new string('a', 70)));
        mac.Finish(first);
        mac.Append(Encoding.ASCII.GetBytes(new string('a', 70)));
        mac.Finish(second);

        Assert.That(Convert.ToHexStringLower(first), Is.EqualTo("f1a5e703c575d842e17e21cfd9582126de959ab2111a551507afa67e"));
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase(AuthProtocol.MD5, 16, 12)]
    [TestCase(AuthProtocol.SHA1, 20, 12)]
    [TestCase(AuthProtocol.SHA224, 28, 16)]
    [TestCase(AuthProtocol.SHA256, 32, 24)]
    [TestCase(AuthProtocol.SHA384, 48, 32)]
    [TestCase(AuthProtocol.SHA512, 64, 48)]
    public void Lengths_are_those_of_the_standards(AuthProtocol protocol, int hash, int mac)
    {
        using var digest = UsmDigest.Create(protocol);

        Assert.That((digest.Length, UsmDigest.HashLength(protocol), UsmDigest.MacLength(protocol)), Is.EqualTo((hash, hash, mac)));
    }
}
