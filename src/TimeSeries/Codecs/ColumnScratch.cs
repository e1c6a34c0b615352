namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Work space of one encoding thread, reused from column to column.</summary>
internal sealed class ColumnScratch(EntropyPacking? entropy = null)
{
    private long[] _longs = new long[128];

    /// <summary>Packs smaller for more time; null when what is packed lives only until its hour is sealed.</summary>
    public EntropyPacking? Entropy { get; } = entropy;

    public List<int> Exceptions { get; } = [];

    public ByteWriter Column { get; } = new();

    public Span<long> Longs(int count)
    {
        if (_longs.Length < count)
        {
            _longs = new long[Math.Max(count, _longs.Length * 2)];
        }

        return _longs.AsSpan(0, count);
    }
}
