namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>Encrypts and decrypts the scoped PDUs of one user at one engine. One thread at a time.</summary>
internal abstract class UsmCipher : IDisposable
{
    public const int SaltLength = 8;

    /// <summary>What is encrypted is filled to a multiple of so many bytes.</summary>
    public abstract int BlockSize { get; }

    /// <summary>Encrypts in place and chooses the salt, never the same one twice.</summary>
    public abstract void Encrypt(Span<byte> data, int boots, int time, Span<byte> salt);

    /// <summary>Decrypts in place; false when the data cannot come from this cipher.</summary>
    public abstract bool TryDecrypt(Span<byte> data, int boots, int time, ReadOnlySpan<byte> salt);

    public abstract void Dispose();

    public static UsmCipher Create(PrivProtocol protocol, byte[] key) =>
        protocol == PrivProtocol.DES ? new DesCipher(key) : new AesCipher(key);
}
