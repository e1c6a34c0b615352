using System.Buffers.Binary;
using System.Numerics;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>SHA-224 (FIPS 180-4 section 6.3): SHA-256 with other initial values, cut to seven words. .NET has the one without the other.</summary>
internal sealed class Sha224Digest : UsmDigest
{
    public const int HashSize = 28;
    public const int BlockSize = 64;

    private static readonly uint[] Initial =
        [0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4];

    // FIPS 180-4 section 4.2.2: the fractions of the cube roots of the first 64 primes.
    private static readonly uint[] Constants = RootsOfPrimes();

    private readonly uint[] _state = [.. Initial];
    private readonly byte[] _block = new byte[BlockSize];
    private long _length;

    public override int Length => HashSize;

    public override void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var used = (int)(_length % BlockSize);
            var taken = Math.Min(data.Length, BlockSize - used);
            data[..taken].CopyTo(_block.AsSpan(used));
            data = data[taken..];
            _length += taken;
            if (used + taken == BlockSize)
            {
                Compress();
            }
        }
    }

    public override void Finish(Span<byte> hash)
    {
        var bits = _length * 8;
        Append([0x80]);
        while (_length % BlockSize != BlockSize - sizeof(long))
        {
            Append([0]);
        }

        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(end, bits);
        Append(end);
        for (var i = 0; i < HashSize / sizeof(uint); i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], _state[i]);
        }

        Initial.CopyTo(_state, 0);
        _length = 0;
    }

    public override void Dispose() => Array.Clear(_block);

    private void Compress()
    {
        Span<uint> words = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(i * sizeof(uint)));
        }

        for (var i = 16; i < 64; i++)
        {
            var (early, late) = (words[i - 15], words[i - 2]);
            words[i] = words[i - 16] + words[i - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        Mix(words);
    }

    private void Mix(ReadOnlySpan<uint> words)
    {
        var (a, b, c, d) = (_state[0], _state[1], _state[2], _state[3]);
        var (e, f, g, h) = (_state[4], _state[5], _state[6], _state[7]);
        for (var i = 0; i < words.Length; i++)
        {
            var first = h + Constants[i] + words[i] + ((e & f) ^ (~e & g))
                + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
            var second = ((a & b) ^ (a & c) ^ (b & c))
                + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < mixed.Length; i++)
        {
            _state[i] += mixed[i];
        }
    }

    private static uint[] RootsOfPrimes()
    {
        var roots = new List<uint>();
        for (var number = 2; roots.Count < 64; number++)
        {
            if (Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0))
            {
                // The largest r with r^3 <= number * 2^96 is the cube root with 32 bits behind the point.
                var target = (UInt128)number << 96;
                var root = (ulong)(Math.Cbrt(number) * (1UL << 32));
                roots.Add(unchecked((uint)Nearest(root, target)));
            }
        }

        return [.. roots];
    }

    private static ulong Nearest(ulong root, UInt128 cube)
    {
        while ((UInt128)root * root * root > cube)
        {
            root--;
        }

        while ((UInt128)(root + 1) * (root + 1) * (root + 1) <= cube)
        {
            root++;
        }

        return root;
    }
}
