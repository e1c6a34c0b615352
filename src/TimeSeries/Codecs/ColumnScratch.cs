namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Work space of one encoding thread, reused from column to column.</summary>
internal sealed class ColumnScratch
{
    private long[] _longs = new long[128];

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
