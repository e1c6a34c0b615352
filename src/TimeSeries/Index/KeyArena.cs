using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Index;

/// <summary>A stretch of a shared slab of bytes.</summary>
/// <param name="slab">The slab.</param>
/// <param name="at">Where it begins in the upper 16 bits, its length in the lower.</param>
internal readonly struct KeyBytes(byte[] slab, int at)
{
    public byte[] Slab => slab;

    public int At => at;

    public ReadOnlySpan<byte> Span => Of(slab, at);

    /// <summary>The bytes; none when slab and place do not belong together, as one may see who reads what another thread just replaces.</summary>
    public static ReadOnlySpan<byte> Of(byte[] slab, int at)
    {
        var (offset, length) = ((uint)at >> 16, at & ushort.MaxValue);
        return offset + (uint)length <= (uint)slab.Length ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slab), offset), length) : [];
    }

    /// <summary>Hints that the bytes are needed soon.</summary>
    public void Fetch() => Prefetch.Bytes(Span);
}

/// <summary>Short byte strings side by side in slabs: one costs its bytes and no object. Writers hold the index's lock; what was written never moves.</summary>
internal sealed class KeyArena
{
    /// <summary>The longest that a stretch can be.</summary>
    public const int Longest = ushort.MaxValue;

    /// <summary>Small, because one that stays keeps the whole slab of others that went.</summary>
    private const int SlabSize = 1024;

    private byte[] _slab = [];
    private int _used;

    public KeyBytes Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _slab.Length - _used)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Longest);
            if (bytes.Length > SlabSize / 4)
            {
                return new KeyBytes(bytes.ToArray(), bytes.Length);
            }

            _slab = new byte[SlabSize];
            _used = 0;
        }

        bytes.CopyTo(_slab.AsSpan(_used));
        _used += bytes.Length;
        return new KeyBytes(_slab, ((_used - bytes.Length) << 16) | bytes.Length);
    }
}
