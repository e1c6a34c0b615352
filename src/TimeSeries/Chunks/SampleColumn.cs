using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries;

/// <summary>
/// One field of a <see cref="SampleBlock"/>, row by row. Values are 64 bits as <see cref="FieldValue.Bits"/> has them; a string is an index for
/// <see cref="SampleBlock.Text"/>. Belongs to its block and is overwritten with it.
/// </summary>
public sealed class SampleColumn
{
    private long[] _bits = [];
    private ulong[] _present = [];
    private int _set;

    internal SampleColumn()
    {
    }

    /// <summary>Index into <see cref="Series.Fields"/>.</summary>
    public int Field { get; private set; }

    public FieldKind Kind { get; private set; }

    /// <summary>Rows of the block.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that carry this field.</summary>
    public int PresentCount => _set;

    public bool AllPresent => _set == Count;

    /// <summary>One value a row; unspecified where the row lacks the field.</summary>
    public ReadOnlySpan<long> Bits => _bits.AsSpan(0, Count);

    public bool IsPresent(int row) => AllPresent || Chunks.Bitmap.Has(_present, row);

    internal void Reset(int field, FieldKind kind, int missingRows)
    {
        Field = field;
        Kind = kind;
        Count = 0;
        _set = 0;
        AddMissing(missingRows);
    }

    internal void Add(long bits)
    {
        Grow(Count + 1);
        _bits[Count] = bits;
        Chunks.Bitmap.Set(_present, Count);
        Count++;
        _set++;
    }

    internal void AddMissing(int rows)
    {
        Grow(Count + rows);
        Count += rows;
    }

    internal void Replace(int row, long bits)
    {
        if (!Chunks.Bitmap.Has(_present, row))
        {
            Chunks.Bitmap.Set(_present, row);
            _set++;
        }

        _bits[row] = bits;
    }

    /// <summary>Appends rows that all carry the field, for the caller to fill.</summary>
    internal Span<long> AddRows(int rows)
    {
        Grow(Count + rows);
        Chunks.Bitmap.SetAll(_present, Count, Count + rows);
        var span = _bits.AsSpan(Count, rows);
        Count += rows;
        _set += rows;
        return span;
    }

    private void Grow(int rows)
    {
        if (_bits.Length < rows)
        {
            var capacity = Math.Max(rows, Math.Max(64, _bits.Length * 2));
            Array.Resize(ref _bits, capacity);
            Array.Resize(ref _present, Chunks.Bitmap.Words(capacity));
        }

        // Words are cleared as rows come to need them: the array is reused from block to block.
        for (var word = Chunks.Bitmap.Words(Count); word < Chunks.Bitmap.Words(rows); word++)
        {
            _present[word] = 0;
        }
    }
}
