using System.Buffers.Binary;

namespace NocMonitor.LineProtocol;

/// <summary>
/// A 64-bit hash of raw key bytes. It is seeded at random in each process, so that a sender cannot prepare keys that collide; never write it to disk or send it.
/// </summary>
/// <remarks>Folded 128-bit multiplication, 16 bytes a step (the construction of wyhash and of FoldHash).</remarks>
public static class KeyHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;
    private static readonly ulong Seed = Secret();
    private static readonly ulong SecondSeed = Secret();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ ((ulong)bytes.Length * Odd);
        if (bytes.Length > 32)
        {
            // Two lanes, because one waits for each of its multiplications.
            var other = hash ^ SecondSeed;
            do
            {
                hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ SecondSeed);
                other = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]) ^ other, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) ^ Seed);
                bytes = bytes[32..];
            }
            while (bytes.Length > 32);

            hash ^= other;
        }

        if (bytes.Length > 16)
        {
            hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ SecondSeed);
            bytes = bytes[16..];
        }

        var (low, high) = Tail(bytes);
        return Fold(Fold(low ^ hash, high ^ SecondSeed) ^ Odd, Seed);
    }

    /// <summary>Up to 16 bytes as two words. Overlapping reads are fine: the length is part of the hash.</summary>
    private static (ulong Low, ulong High) Tail(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..])),
        >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..])),
        > 0 => (((ulong)bytes[0] << 16) | ((ulong)bytes[bytes.Length / 2] << 8) | bytes[^1], 0),
        _ => (0, 0),
    };

    /// <summary>The runtime's own source of version 4 UUIDs is the system's secure one; RandomNumberGenerator would load OpenSSL, 4 MiB of it, for these 16 bytes.</summary>
    private static ulong Secret()
    {
        Span<byte> random = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(random);

        // Six bits of a UUID are fixed, at different places of its halves.
        return Fold(BinaryPrimitives.ReadUInt64LittleEndian(random) ^ Odd, BinaryPrimitives.ReadUInt64LittleEndian(random[8..])) | 1;
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
