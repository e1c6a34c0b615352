namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private long _position;

    /// <summary>Bits read so far.</summary>
    public readonly long Position => _position;

    public bool Bit() => Read(1) != 0;

    public ulong Read(int count)
    {
        if (_position + count > _source.Length * 8L)
        {
            throw TornDataException.TooShort();
        }

        ulong value = 0;
        while (count > 0)
        {
            var offset = (int)(_position & 7);
            var take = Math.Min(count, 8 - offset);
            var part = (_source[(int)(_position >> 3)] >> (8 - offset - take)) & ((1 << take) - 1);
            value = (value << take) | (uint)part;
            _position += take;
            count -= take;
        }

        return value;
    }
}
