using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Tests.Snmp.Protocol.Usm;

public class AesCipherTests
{
    private const int Boots = 7;
    private const int Time = 4242;

    [Test]
    public void Block_by_block_gives_what_the_platform_gives_and_each_reads_the_other([Values(16, 24, 32)] int keyLength)
    {
        var key = Enumerable.Range(1, keyLength).Select(number => (byte)(number * 7)).ToArray();
        using var platform = new AesCipher(key, byBlocks: false);
        using var blocks = new AesCipher(key, byBlocks: true);

        for (var length = 0; length <= 70; length++)
        {
            var text = Enumerable.Range(0, length).Select(number => (byte)(number * 31)).ToArray();

            Assert.That(Decrypted(platform, Encrypted(blocks, text)), Is.EqualTo(text), $"{length} bytes, from blocks");
            Assert.That(Decrypted(blocks, Encrypted(platform, text)), Is.EqualTo(text), $"{length} bytes, to blocks");
        }
    }

    private static (byte[] Data, byte[] Salt) Encrypted(AesCipher cipher, byte[] text)
    {
        var data = text.ToArray();
        var salt = new byte[UsmCipher.SaltLength];
        cipher.Encrypt(data, Boots, Time, salt);
        return (data, salt);
    }

    private static byte[] Decrypted(AesCipher cipher, (byte[] Data, byte[] Salt) encrypted)
    {
        Assert.That(cipher.TryDecrypt(encrypted.Data, Boots, Time, encrypted.Salt), Is.True);
        return encrypted.Data;
    }
}
