using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// The rows of one block that a condition lets through, slot by slot. Turned to an input, then to its blocks one after the other; buffers are reused.
/// One thread at a time.
/// </summary>
internal sealed class BlockView(SlotSet slots) : IRowValues
{
    private readonly string[] _tags = new string[slots.References.Count];
    private readonly int[] _places = new int[slots.References.Count];
    private readonly FieldKind[] _kinds = new FieldKind[slots.References.Count];
    private readonly SampleColumn?[] _columns = new SampleColumn?[slots.References.Count];
    private long[] _times = [];
    private long[] _bits = [];
    private int[] _rows = [];
    private int[] _every = [];
    private int[] _passing = [];
    private int _passingCount;
    private bool _allPass;
    private int _row;
    private SampleBlock _block = new();

    /// <summary>The fields of the input that the slots need.</summary>
    public int[] Fields { get; private set; } = [];

    public SampleBlock Block => _block;

    /// <summary>The input's rows are shown whatever is in them.</summary>
    public bool ShowsEveryRow { get; private set; }

    public int PassingCount => _allPass ? _block.Count : _passingCount;

    /// <summary>Turns to an input; false when it has none of the fields.</summary>
    public bool Bind(QueryInput input)
    {
        var fields = new List<int>(_places.Length);
        for (var slot = 0; slot < _places.Length; slot++)
        {
            var reference = slots.References[slot];
            (_tags[slot], _places[slot]) = ("", -1);
            if (reference.Type is RefType.Tag)
            {
                _tags[slot] = input.FindTag(reference.Name);
            }
            else if (reference.Type != RefType.Unknown && TryFind(input, reference, out var place, out _kinds[slot]))
            {
                _places[slot] = place;
                if (!fields.Contains(place))
                {
                    fields.Add(place);
                }
            }
        }

        Fields = [.. fields];
        ShowsEveryRow = input.ShowsEveryRow;
        return Fields.Length > 0 || ShowsEveryRow;
    }

    /// <summary>Turns to a block of the input and picks its rows.</summary>
    public void Load(SampleBlock block, RowEvaluator? condition)
    {
        _block = block;
        for (var slot = 0; slot < _places.Length; slot++)
        {
            _columns[slot] = _places[slot] >= 0 ? block.Find(_places[slot]) : null;
        }

        _allPass = condition is null;
        _passingCount = 0;
        if (condition is null)
        {
            return;
        }

        Grow(ref _passing, block.Count);
        for (_row = 0; _row < block.Count; _row++)
        {
            if (condition.Evaluate(this) is { Type: ValueType.Boolean, Boolean: true })
            {
                _passing[_passingCount++] = _row;
            }
        }
    }

    /// <summary>The row of the block that a passing row is.</summary>
    public int RowOf(int passing) => _allPass ? passing : _passing[passing];

    public Value Get(int slot) => Get(slot, _row);

    public Value Get(int slot, int row)
    {
        if (slots.References[slot].Type == RefType.Tag)
        {
            return _tags[slot].Length > 0 ? Value.Of(_tags[slot]) : Value.None;
        }

        var column = _columns[slot];
        if (column is null || !column.IsPresent(row))
        {
            return Value.None;
        }

        var bits = column.Bits[row];
        return column.Kind == FieldKind.String
            ? Value.Of(_block.Text(bits))
            : Value.FromBits(SlotSet.TypeOf(slots.References[slot].Type), Cast(bits, column.Kind, slots.References[slot].Type));
    }

    public bool Has(int slot, int row) => _columns[slot] is { } column && column.IsPresent(row);

    /// <summary>Where the input has the field.</summary>
    public int PlaceOf(int slot) => _places[slot];

    /// <summary>Whether the input has the field, as a number of the very type that is asked for.</summary>
    public bool IsNumberAsStored(int slot) => _places[slot] >= 0 && FieldMap.IsNumber(_kinds[slot]) && FieldMap.TypeOf(_kinds[slot]) == slots.References[slot].Type;

    /// <summary>Whether the input has the field.</summary>
    public bool Has(int slot) => _places[slot] >= 0;

    /// <summary>
    /// The times, values and rows of a field where it is present in passing rows; valid until the next call. Texts come as places in the pool. Without rows wanted the rows may
    /// be empty.
    /// </summary>
    public void Compact(int slot, TextPool texts, bool wantRows, out ReadOnlySpan<long> times, out ReadOnlySpan<long> bits, out ReadOnlySpan<int> rows)
    {
        var column = _columns[slot];
        if (column is null)
        {
            times = bits = [];
            rows = [];
            return;
        }

        var type = slots.References[slot].Type;
        if (_allPass && column.AllPresent && FieldMap.TypeOf(column.Kind) == type && column.Kind != FieldKind.String)
        {
            times = _block.Times;
            bits = column.Bits;
            rows = wantRows ? Every(_block.Count) : [];
            return;
        }

        Grow(ref _times, _block.Count);
        Grow(ref _bits, _block.Count);
        Grow(ref _rows, _block.Count);
        var count = 0;
        var source = column.Bits;
        for (var i = 0; i < PassingCount; i++)
        {
            var row = RowOf(i);
            if (column.IsPresent(row))
            {
                _times[count] = _block.Times[row];
                _rows[count] = row;
                _bits[count++] = column.Kind == FieldKind.String ? texts.Add(_block.Text(source[row])) : Cast(source[row], column.Kind, type);
            }
        }

        times = _times.AsSpan(0, count);
        bits = _bits.AsSpan(0, count);
        rows = _rows.AsSpan(0, count);
    }

    private static bool TryFind(QueryInput input, Reference reference, out int place, out FieldKind kind)
    {
        (place, kind) = input.FindField(reference.Name);
        return place >= 0 && Casts(kind, reference.Type);
    }

    /// <summary>Numbers become one another; nothing else does.</summary>
    private static bool Casts(FieldKind kind, RefType type) =>
        FieldMap.TypeOf(kind) == type || (FieldMap.IsNumber(kind) && type is RefType.Float or RefType.Integer or RefType.Unsigned);

    private static long Cast(long bits, FieldKind kind, RefType type) => (kind, type) switch
    {
        (FieldKind.Integer, RefType.Float) => BitConverter.DoubleToInt64Bits(bits),
        (FieldKind.Unsigned, RefType.Float) => BitConverter.DoubleToInt64Bits((ulong)bits),
        (FieldKind.Float, RefType.Integer) => (long)BitConverter.Int64BitsToDouble(bits),
        (FieldKind.Float, RefType.Unsigned) => (long)(ulong)BitConverter.Int64BitsToDouble(bits),
        _ => bits,
    };

    /// <summary>All rows, in order.</summary>
    private ReadOnlySpan<int> Every(int count)
    {
        if (_every.Length < count)
        {
            _every = [.. Enumerable.Range(0, Math.Max(count, _every.Length * 2))];
        }

        return _every.AsSpan(0, count);
    }

    private static void Grow<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[Math.Max(count, array.Length * 2)];
        }
    }
}
