using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// CBC-DES (RFC 3414 section 8.1.1): of the 16 bytes of the key the first half is the key of DES, the second is mixed with the salt into the
/// initialisation vector. The salt is the engine's boots and a number that counts up from a random one.
/// </summary>
[SuppressMessage("Security", "CA5351", Justification = "RFC 3414 defines it and old devices know nothing else; the configuration check warns.")]
internal sealed class DesCipher : UsmCipher
{
    private const int Block = 8;

    private readonly DES _des = DES.Create();
    private readonly byte[] _preVector;
    private uint _counter = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(sizeof(uint)));

    public DesCipher(byte[] key)
    {
        _des.Key = key[..Block];
        _preVector = key[Block..];
    }

    public override int BlockSize => Block;

    public override void Encrypt(Span<byte> data, int boots, int time, Span<byte> salt)
    {
        BinaryPrimitives.WriteInt32BigEndian(salt, boots);
        BinaryPrimitives.WriteUInt32BigEndian(salt[4..], _counter++);
        Apply(data, salt, encrypt: true);
    }

    public override bool TryDecrypt(Span<byte> data, int boots, int time, ReadOnlySpan<byte> salt)
    {
        if (salt.Length != SaltLength || data.Length % Block != 0)
        {
            return false;
        }

        Apply(data, salt, encrypt: false);
        return true;
    }

    public override void Dispose() => _des.Dispose();

    private void Apply(Span<byte> data, ReadOnlySpan<byte> salt, bool encrypt)
    {
        Span<byte> vector = stackalloc byte[Block];
        for (var i = 0; i < Block; i++)
        {
            vector[i] = (byte)(_preVector[i] ^ salt[i]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(data.Length);
        var result = rented.AsSpan(0, data.Length);
        _ = encrypt ? _des.EncryptCbc(data, vector, result, PaddingMode.None) : _des.DecryptCbc(data, vector, result, PaddingMode.None);
        result.CopyTo(data);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
