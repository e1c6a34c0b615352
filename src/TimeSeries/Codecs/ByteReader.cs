using System.Buffers.Binary;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Anything that does not fit the bytes at hand is a <see cref="TornDataException"/>, never an overrun.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public readonly int Remaining => _rest.Length;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            throw TornDataException.TooShort();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            var next = _rest[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw TornDataException.TooShort();
    }

    public long ZigZag() => Codecs.ZigZag.Decode(Varint());

    /// <summary>A count or index that must not exceed the limit, so that torn data cannot ask for gigabytes.</summary>
    public int Count(int limit)
    {
        var value = Varint();
        return value <= (ulong)limit ? (int)value : throw new TornDataException($"a count of {value} where at most {limit} fit");
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw TornDataException.TooShort();
        }

        var value = _rest[..count];
        _rest = _rest[count..];
        return value;
    }
}
