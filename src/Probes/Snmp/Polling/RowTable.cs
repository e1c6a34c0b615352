using System.Numerics;
using System.Runtime.CompilerServices;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// The rows of one walk, found by their index. Cells lie in chunks that belong to the pool, so that a small table holds little and a large one is never
/// copied; the rest of the memory is kept from one walk to the next. Filled by the engine's thread while the walk runs, read by the poll after it: never both.
/// </summary>
internal sealed class RowTable(TablePool pool) : IWalkSink
{
    /// <summary>A longer text or blob of a device is cut: no field needs more.</summary>
    private const int LongestBytes = 4096;

    private const int LargestKept = 1 << 12;

    private readonly List<Cell[]> _chunks = [];
    private (int Start, int Length)[] _rows = [];
    private byte[] _bytes = [];
    private int[] _buckets = [];
    private int _columns;
    private int _chunkShift;
    private int _used;
    private int _last;
    private bool _isOrdered;

    public int Count { get; private set; }

    /// <summary>Values that came, each counted once.</summary>
    public int Values { get; private set; }

    /// <summary>Readies the table for a walk of so many columns.</summary>
    public void Begin(int columns)
    {
        _columns = columns;

        // Whole rows in a chunk, a power of two of them.
        _chunkShift = BitOperations.Log2((uint)Math.Max(1, TablePool.ChunkCells / Math.Max(1, columns)));
        (Count, Values, _used, _last, _isOrdered) = (0, 0, 0, -1, true);
    }

    /// <summary>Gives the chunks back; the rows are gone.</summary>
    public void End()
    {
        foreach (var chunk in _chunks)
        {
            pool.Return(chunk);
        }

        _chunks.Clear();
        Count = 0;
        if (_rows.Length > LargestKept || _bytes.Length > LargestKept * 16)
        {
            (_rows, _bytes, _buckets) = ([], [], []);
        }

        Array.Clear(_buckets);
    }

    public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value)
    {
        if (value.IsException || value.Type == SnmpType.Null)
        {
            return;
        }

        // Columns that travel together bring the same index one after the other.
        var row = _last >= 0 && IndexOf(_last).SequenceEqual(index) ? _last : FindOrAdd(index);
        _last = row;
        Set(row, column, value);
    }

    /// <summary>The row with this index, made when it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> index)
    {
        var found = Find(index);
        return found >= 0 ? found : Add(index);
    }

    /// <summary>The row with this index; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> index)
    {
        if (_buckets.Length == 0)
        {
            return -1;
        }

        var mask = _buckets.Length - 1;
        for (var at = (int)HashOf(index) & mask; _buckets[at] > 0; at = (at + 1) & mask)
        {
            if (IndexOf(_buckets[at] - 1).SequenceEqual(index))
            {
                return _buckets[at] - 1;
            }
        }

        return -1;
    }

    /// <summary>The encoded index of a row.</summary>
    public ReadOnlySpan<byte> IndexOf(int row) => _bytes.AsSpan(_rows[row].Start, _rows[row].Length);

    public CellView this[int row, int column]
    {
        get
        {
            var cell = At(row, column);
            return new CellView(cell, cell.IsPresent && !IsNumber(cell.Type) ? _bytes.AsSpan((int)cell.Bits, cell.Length) : default);
        }
    }

    public void Set(int row, int column, in SnmpValue value)
    {
        if (value.IsException || value.Type == SnmpType.Null)
        {
            return;
        }

        ref var cell = ref At(row, column);
        Values += cell.IsPresent ? 0 : 1;
        cell = value.Type switch
        {
            SnmpType.Integer when value.TryGetInt64(out var number) => new Cell(value.Type, 0, unchecked((ulong)number)),
            _ when value.TryGetUInt64(out var number) => new Cell(value.Type, 0, number),
            SnmpType.OpaqueFloat or SnmpType.OpaqueDouble when value.TryGetDouble(out var number) => new Cell(value.Type, 0, BitConverter.DoubleToUInt64Bits(number)),
            _ => Kept(value.Type, value.Bytes),
        };
    }

    /// <summary>The rows in the order of their index.</summary>
    public IEnumerable<int> Ordered()
    {
        var rows = Enumerable.Range(0, Count);
        return _isOrdered ? rows : rows.Order(Comparer<int>.Create((left, right) => Oid.Compare(IndexOf(left), IndexOf(right))));
    }

    private void Set(int row, int column, in VarbindView value)
    {
        ref var cell = ref At(row, column);
        Values += cell.IsPresent ? 0 : 1;
        switch (value.Type)
        {
            case SnmpType.Integer when value.TryGetInt64(out var number):
                cell = new Cell(value.Type, 0, unchecked((ulong)number));
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 when value.TryGetUInt64(out var number):
                cell = new Cell(value.Type, 0, number);
                break;
            case SnmpType.OpaqueFloat or SnmpType.OpaqueDouble when value.TryGetDouble(out var number):
                cell = new Cell(value.Type, 0, BitConverter.DoubleToUInt64Bits(number));
                break;
            default:
                cell = Kept(value.Type, value.Content);
                break;
        }
    }

    /// <summary>A number that cannot be read is kept as bytes of no known type, and is no number then.</summary>
    private Cell Kept(SnmpType type, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Length > LongestBytes ? bytes[..LongestBytes] : bytes;
        return new Cell(IsNumber(type) ? SnmpType.Opaque : type, bytes.Length, (ulong)Keep(bytes));
    }

    private int Add(ReadOnlySpan<byte> index)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(16, Count * 2));
        }

        if (Count >> _chunkShift == _chunks.Count)
        {
            _chunks.Add(pool.Chunk(_columns << _chunkShift));
        }

        _chunks[^1].AsSpan((Count & ((1 << _chunkShift) - 1)) * _columns, _columns).Clear();
        _isOrdered &= Count == 0 || Oid.Compare(IndexOf(Count - 1), index) < 0;
        _rows[Count] = (Keep(index), index.Length);
        Count++;
        if (Count * 2 > _buckets.Length)
        {
            _buckets = new int[Math.Max(32, _buckets.Length * 2)];
            for (var row = 0; row < Count; row++)
            {
                Place(row);
            }
        }
        else
        {
            Place(Count - 1);
        }

        return Count - 1;
    }

    private ref Cell At(int row, int column) => ref _chunks[row >> _chunkShift][((row & ((1 << _chunkShift) - 1)) * _columns) + column];

    private void Place(int row)
    {
        var mask = _buckets.Length - 1;
        var at = (int)HashOf(IndexOf(row)) & mask;
        while (_buckets[at] > 0)
        {
            at = (at + 1) & mask;
        }

        _buckets[at] = row + 1;
    }

    private int Keep(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(256, (_used + bytes.Length) * 2));
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        return _used - bytes.Length;
    }

    private static bool IsNumber(SnmpType type) => type.IsInteger() || type is SnmpType.OpaqueFloat or SnmpType.OpaqueDouble;

    /// <summary>FNV-1a: indexes are a few bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HashOf(ReadOnlySpan<byte> index)
    {
        var hash = 2166136261u;
        foreach (var value in index)
        {
            hash = (hash ^ value) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
