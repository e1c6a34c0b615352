using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Index;

/// <summary>A stretch of a shared slab.</summary>
internal readonly struct KeyBytes(byte[] slab, int offset, int length)
{
    public ReadOnlySpan<byte> Span => slab.AsSpan(offset, length);

    /// <summary>Hints that the bytes are needed soon.</summary>
    public void Fetch() => Prefetch.Bytes(Span);
}

/// <summary>Keys side by side in large slabs: a key costs its bytes and no object. Writers hold the index's lock; what was written never moves.</summary>
internal sealed class KeyArena
{
    /// <summary>Small, because one series that stays keeps the whole slab of others that went.</summary>
    private const int SlabSize = 4 * 1024;

    private byte[] _slab = [];
    private int _used;

    public KeyBytes Add(ReadOnlySpan<byte> key)
    {
        if (key.Length > _slab.Length - _used)
        {
            if (key.Length > SlabSize / 4)
            {
                return new KeyBytes(key.ToArray(), 0, key.Length);
            }

            _slab = new byte[SlabSize];
            _used = 0;
        }

        key.CopyTo(_slab.AsSpan(_used));
        _used += key.Length;
        return new KeyBytes(_slab, _used - key.Length, key.Length);
    }
}
