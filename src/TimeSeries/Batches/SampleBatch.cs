using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Batches;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>
/// The points of one request. Rented from a store, filled by one thread, committed, then only read; <see cref="Dispose"/> gives it back and ends
/// every span that was taken from it. It must not be disposed while its commit is under way.
/// </summary>
public sealed partial class SampleBatch : IDisposable
{
    private readonly BatchPool _pool;
    private SampleRow[] _rows = new SampleRow[16];
    private SampleValue[] _values = new SampleValue[128];
    private readonly List<string> _texts = [];
    private int _rowCount;
    private int _valueCount;

    /// <summary>Where the index found the series of the last line.</summary>
    private int _lastEntry;

    /// <summary>Places of values whose row has moved on to others.</summary>
    private int _abandoned;

    internal SampleBatch(BatchPool pool) => _pool = pool;

    public ReadOnlySpan<SampleRow> Rows => _rows.AsSpan(0, _rowCount);

    /// <summary>All values of all rows.</summary>
    public int ValueCount => _valueCount - _abandoned;

    /// <summary>Who sent the points.</summary>
    public string OriginName => Origin?.Name ?? "";

    /// <summary>The batch's number in the log, ascending from 1; 0 before it is committed.</summary>
    public long Sequence { get; internal set; }

    /// <summary>When the batch was committed, in nanoseconds since 1970-01-01 UTC; 0 for a batch that was not read back from the log.</summary>
    public long Committed { get; internal set; }

    internal Origin? Origin { get; private set; }

    /// <summary>When it was rented, as <see cref="BatchEpochs"/> counts.</summary>
    internal long Epoch { get; private set; }

    /// <summary>The batch as the log stores it; made by the committing thread.</summary>
    internal ByteWriter Record { get; } = new();

    public ReadOnlySpan<SampleValue> Values(in SampleRow row) => _values.AsSpan(row.FirstValue, row.ValueCount);

    public string Text(in SampleValue value) => _texts[value.TextIndex];

    /// <summary>One value by itself.</summary>
    public FieldValue Value(in SampleValue value) =>
        value.Kind == FieldKind.String ? FieldValue.Of(Text(value)) : FieldValue.FromBits(value.Kind, value.Bits);

    /// <summary>Gives the batch back to its store.</summary>
    public void Dispose()
    {
        if (Origin is not null)
        {
            Origin = null;
            _pool.Return(this);
        }
    }

    internal void Open(Origin origin, long epoch)
    {
        (Origin, Epoch) = (origin, epoch);
        Sequence = 0;
        Committed = 0;
        _rowCount = 0;
        _lastEntry = -1;
        _valueCount = 0;
        _abandoned = 0;
        _texts.Clear();
        Record.Clear();
    }

    /// <summary>Lets go of memory that one uncommonly large request has taken.</summary>
    internal void Trim()
    {
        if (_values.Length > BatchPool.RetainedValues)
        {
            _values = new SampleValue[BatchPool.RetainedValues];
            _rows = new SampleRow[BatchPool.RetainedValues / 8];
        }

        Record.Trim(BatchPool.RetainedValues * 10);
    }

    internal void AddRow(Series series, long timestamp, int valueCount)
    {
        if (_rowCount == _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }

        _rows[_rowCount++] = new SampleRow(series, timestamp, _valueCount, valueCount);
        _valueCount += valueCount;
    }

    /// <summary>Room for the values of a row that is yet to be added.</summary>
    internal Span<SampleValue> NextValues(int count)
    {
        if (_values.Length - _valueCount < count)
        {
            Array.Resize(ref _values, Math.Max(_valueCount + count, _values.Length * 2));
        }

        return _values.AsSpan(_valueCount, count);
    }

    internal int AddText(string text)
    {
        _texts.Add(text);
        return _texts.Count - 1;
    }
}
