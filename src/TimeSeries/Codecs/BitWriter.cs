namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Appends single bits and bit groups to a <see cref="ByteWriter"/>, most significant bit first; <see cref="Flush"/> fills the last byte with zeros.</summary>
internal ref struct BitWriter(ByteWriter output)
{
    private ulong _pending;
    private int _free = 64;

    public void Write(ulong value, int count)
    {
        if (count > 32)
        {
            Write(value >> 32, count - 32);
            value &= uint.MaxValue;
            count = 32;
        }

        if (count > _free)
        {
            Drain();
        }

        _free -= count;
        _pending |= value << _free;
    }

    public void Flush()
    {
        while (_free < 64)
        {
            ShiftByte();
        }

        _free = 64;
    }

    private void Drain()
    {
        while (_free <= 56)
        {
            ShiftByte();
        }
    }

    private void ShiftByte()
    {
        output.Byte((byte)(_pending >> 56));
        _pending <<= 8;
        _free += 8;
    }
}
