using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>Values of one type, row by row, some of them perhaps absent. Filled by one thread, then only read.</summary>
public sealed class ValueColumn
{
    private readonly TextPool? _texts;
    private readonly IReadOnlyList<string>? _list;
    private long[] _bits;
    private ulong[]? _present;

    internal ValueColumn(ValueType type, TextPool? texts = null, int capacity = 16)
    {
        Type = type;
        _texts = texts;
        _bits = new long[capacity];
    }

    private ValueColumn(ValueType type, long[] bits, TextPool? texts) => (Type, _bits, Count, _texts) = (type, bits, bits.Length, texts);

    private ValueColumn(IReadOnlyList<string> texts) => (Type, _list, _bits, Count) = (ValueType.Text, texts, [], texts.Count);

    public ValueType Type { get; }

    public int Count { get; private set; }

    /// <summary>The value of a row.</summary>
    public Value this[int row] => _list is not null ? Value.Of(_list[row])
        : !IsPresent(row) ? Value.None
        : Type == ValueType.Text ? Value.Of(_texts![_bits[row]])
        : Value.FromBits(Type, _bits[row]);

    /// <summary>The 64 bits of a row's number, boolean or time, as <see cref="Value.Bits"/> has them; false when the row has no value. Not for texts.</summary>
    public bool TryGetBits(int row, out long bits)
    {
        bits = _bits[row];
        return IsPresent(row);
    }

    internal ReadOnlySpan<long> Bits => _bits.AsSpan(0, Count);

    internal TextPool? Texts => _texts;

    internal bool AllPresent => _present is null;

    internal bool IsPresent(int row) => _present is null || Bitmap.Has(_present, row);

    /// <summary>A column of texts that is only read.</summary>
    internal static ValueColumn OfTexts(IEnumerable<string> texts) => new(texts as IReadOnlyList<string> ?? [.. texts]);

    /// <summary>A column over values that are all present and do not change any more.</summary>
    internal static ValueColumn Of(ValueType type, long[] bits, TextPool? texts = null) => new(type, bits, texts);

    internal void Add(long bits)
    {
        Grow(Count + 1);
        _bits[Count] = bits;
        if (_present is not null)
        {
            Bitmap.Set(_present, Count);
        }

        Count++;
    }

    internal void AddRange(ReadOnlySpan<long> bits)
    {
        Grow(Count + bits.Length);
        bits.CopyTo(_bits.AsSpan(Count));
        for (var row = Count; _present is not null && row < Count + bits.Length; row++)
        {
            Bitmap.Set(_present, row);
        }

        Count += bits.Length;
    }

    internal void AddMissing(int rows = 1)
    {
        if (rows == 0)
        {
            return;
        }

        Grow(Count + rows);
        if (_present is null)
        {
            _present = new ulong[Bitmap.Words(_bits.Length)];
            for (var row = 0; row < Count; row++)
            {
                Bitmap.Set(_present, row);
            }
        }

        Count += rows;
    }

    /// <summary>Adds a value that has this column's type, or none.</summary>
    internal void Add(in Value value)
    {
        if (value.IsNone)
        {
            AddMissing();
        }
        else
        {
            Add(Type == ValueType.Text ? _texts!.Add(value.Text) : value.Bits);
        }
    }

    /// <summary>The rows from one on, as many as asked for or as there are.</summary>
    internal ValueColumn Slice(int first, int count)
    {
        var slice = new ValueColumn(Type, _texts, Math.Max(1, count));
        for (var row = first; row < first + count; row++)
        {
            if (IsPresent(row))
            {
                slice.Add(_bits[row]);
            }
            else
            {
                slice.AddMissing();
            }
        }

        return slice;
    }

    private void Grow(int rows)
    {
        if (_bits.Length < rows)
        {
            Array.Resize(ref _bits, Math.Max(rows, _bits.Length * 2));
            if (_present is not null)
            {
                Array.Resize(ref _present, Bitmap.Words(_bits.Length));
            }
        }
    }
}
