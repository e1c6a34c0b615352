using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// CFB128-AES (RFC 3826 section 3.1): the initialisation vector is the engine's boots and time and a salt of 64 bits that counts up from a
/// random number. The platform's CFB wants whole blocks, so the rest of the last one is filled in a buffer aside and cut off again.
/// </summary>
internal sealed class AesCipher : UsmCipher
{
    private const int Block = 16;
    private const int FeedbackBits = 128;

    private readonly Aes _aes = Aes.Create();
    private ulong _salt = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(SaltLength));

    public AesCipher(byte[] key) => _aes.SetKey(key);

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
        _ = encrypt
            ? _aes.EncryptCfb(from, vector, to, PaddingMode.None, FeedbackBits)
            : _aes.DecryptCfb(from, vector, to, PaddingMode.None, FeedbackBits);
        to[..data.Length].CopyTo(data);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
