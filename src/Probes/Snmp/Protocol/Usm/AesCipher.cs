using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// CFB128-AES (RFC 3826 section 3.1): the initialisation vector is the engine's boots and time and a salt of 64 bits that counts up from a
/// random number. The platform's CFB wants whole blocks, so the rest of the last one is filled in a buffer aside and cut off again. Where the platform has none (wine, Windows
/// before 8) it is made of single blocks.
/// </summary>
internal sealed class AesCipher : UsmCipher
{
    private const int Block = 16;
    private const int FeedbackBits = 128;

    private static readonly bool HasPlatformCfb = TryPlatformCfb();

    private readonly Aes _aes = Aes.Create();
    private readonly bool _byBlocks;
    private ulong _salt = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(SaltLength));

    public AesCipher(byte[] key)
        : this(key, !HasPlatformCfb)
    {
    }

    /// <param name="byBlocks">Without the platform's CFB, whether it has one or not.</param>
    internal AesCipher(byte[] key, bool byBlocks)
    {
        _aes.SetKey(key);
        _byBlocks = byBlocks;
    }

    public override int BlockSize => 1;

    public override void Encrypt(Span<byte> data, int boots, int time, Span<byte> salt)
    {
        BinaryPrimitives.WriteUInt64BigEndian(salt, _salt++);
        Apply(data, boots, time, salt, encrypt: true);
    }

    public override bool TryDecrypt(Span<byte> data, int boots, int time, ReadOnlySpan<byte> salt)
    {
        if (salt.Length != SaltLength)
        {
            return false;
        }

        Apply(data, boots, time, salt, encrypt: false);
        return true;
    }

    public override void Dispose() => _aes.Dispose();

    private void Apply(Span<byte> data, int boots, int time, ReadOnlySpan<byte> salt, bool encrypt)
    {
        Span<byte> vector = stackalloc byte[Block];
        BinaryPrimitives.WriteInt32BigEndian(vector, boots);
        BinaryPrimitives.WriteInt32BigEndian(vector[4..], time);
        salt.CopyTo(vector[8..]);

        var length = (data.Length + Block - 1) / Block * Block;
        var rented = ArrayPool<byte>.Shared.Rent(2 * length);
        var from = rented.AsSpan(0, length);
        var to = rented.AsSpan(length, length);
        data.CopyTo(from);
        from[data.Length..].Clear();
        if (_byBlocks)
        {
            ApplyByBlocks(from, vector, to, encrypt);
        }
        else
        {
            _ = encrypt
                ? _aes.EncryptCfb(from, vector, to, PaddingMode.None, FeedbackBits)
                : _aes.DecryptCfb(from, vector, to, PaddingMode.None, FeedbackBits);
        }

        to[..data.Length].CopyTo(data);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>CFB with a feedback of whole blocks (NIST SP 800-38A section 6.3): each block is mixed with the encrypted block of cipher text before it, first with the vector.</summary>
    private void ApplyByBlocks(ReadOnlySpan<byte> from, Span<byte> vector, Span<byte> to, bool encrypt)
    {
        for (var at = 0; at < from.Length; at += Block)
        {
            var block = to.Slice(at, Block);
            _ = _aes.EncryptEcb(vector, block, PaddingMode.None);
            for (var i = 0; i < Block; i++)
            {
                block[i] ^= from[at + i];
            }

            (encrypt ? block : from.Slice(at, Block)).CopyTo(vector);
        }
    }

    private static bool TryPlatformCfb()
    {
        try
        {
            using var aes = Aes.Create();
            aes.SetKey(new byte[Block]);
            _ = aes.EncryptCfb(new byte[Block], new byte[Block], PaddingMode.None, FeedbackBits);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
