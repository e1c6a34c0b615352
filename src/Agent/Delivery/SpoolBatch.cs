namespace NocMonitor.Agent.Delivery;

/// <summary>
/// Lines on their way to a collector, and where in the spool they came from. One instance is filled again and again by the uplink, its only owner.
/// </summary>
internal sealed class SpoolBatch
{
    private byte[] _buffer = new byte[16 << 10];

    public int Lines { get; private set; }

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Text => _buffer.AsMemory(0, Length);

    /// <summary>Where the lines lie on disk; null when they come from memory.</summary>
    public SpoolRange? Range { get; set; }

    /// <summary>The number of the last record taken from memory.</summary>
    public long LastMemoryRecord { get; set; }

    public bool IsEmpty => Length == 0;

    public void Clear()
    {
        Lines = 0;
        Length = 0;
        Range = null;
    }

    /// <summary>Makes room for more bytes at the end; <see cref="Take"/> makes them count.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_buffer.Length - Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        }

        return _buffer.AsSpan(Length, length);
    }

    public void Take(int length, int lines)
    {
        Length += length;
        Lines += lines;
    }
}
