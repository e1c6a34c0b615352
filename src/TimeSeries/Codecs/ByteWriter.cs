using System.Buffers.Binary;
using System.Numerics;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>A growing byte buffer with the integer forms of docs/formats/store.md. One owner at a time; cleared and reused.</summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Capacity => _buffer.Length;

    public void Clear() => _length = 0;

    /// <summary>Takes back everything after the first bytes.</summary>
    public void Truncate(int length) => _length = Math.Min(_length, length);

    /// <summary>Lets go of a buffer that one large use has grown beyond the limit.</summary>
    public void Trim(int limit)
    {
        _length = 0;
        if (_buffer.Length > limit)
        {
            _buffer = new byte[limit];
        }
    }

    public void Byte(byte value)
    {
        Ensure(1);
        _buffer[_length++] = value;
    }

    public void Varint(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    public void ZigZag(long value) => Varint(Codecs.ZigZag.Encode(value));

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <summary>Appends count bytes of unspecified content for the caller to fill.</summary>
    public Span<byte> Reserve(int count)
    {
        Ensure(count);
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    public static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private void Ensure(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(_buffer.Length * 2L, _length + (long)count)));
        }
    }
}
