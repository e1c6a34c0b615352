using System.Runtime.InteropServices;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries;

/// <summary>
/// Samples of one series, sorted by time, each time once: the times and one column a field. What a reader gives and what a chunk holds.
/// One owner at a time; a reader overwrites its block with each step.
/// </summary>
public sealed class SampleBlock
{
    private readonly List<SampleColumn> _columns = [];
    private readonly Stack<SampleColumn> _spare = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _textIndexes = new(StringComparer.Ordinal);
    private long[] _times = [];

    internal SampleBlock()
    {
    }

    public int Count { get; private set; }

    /// <summary>Nanoseconds since 1970-01-01 UTC, ascending.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The fields that occur, in ascending order of their index only when written so.</summary>
    public ReadOnlySpan<SampleColumn> Columns => CollectionsMarshal.AsSpan(_columns);

    /// <summary>The column of a field by its index into <see cref="Series.Fields"/>; null when no row of the block carries it.</summary>
    public SampleColumn? Find(int field)
    {
        foreach (var column in _columns)
        {
            if (column.Field == field)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The text of a string column's 64-bit value.</summary>
    public string Text(long bits) => _texts[(int)bits];

    /// <summary>One value; null when the row lacks the field.</summary>
    public FieldValue? Value(SampleColumn column, int row)
    {
        if (!column.IsPresent(row))
        {
            return null;
        }

        var bits = column.Bits[row];
        return column.Kind == FieldKind.String ? FieldValue.Of(Text(bits)) : FieldValue.FromBits(column.Kind, bits);
    }

    internal int TextCount => _texts.Count;

    /// <summary>Values that the buffers hold at most.</summary>
    internal long Capacity => _times.Length * (1L + _columns.Count + _spare.Count);

    internal void Clear()
    {
        foreach (var column in _columns)
        {
            _spare.Push(column);
        }

        _columns.Clear();
        _texts.Clear();
        _textIndexes.Clear();
        Count = 0;
    }

    internal int AddText(string text)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_textIndexes, text, out var known);
        if (!known)
        {
            index = _texts.Count;
            _texts.Add(text);
        }

        return index;
    }

    /// <summary>Appends times; each column must then be brought to <see cref="Count"/> rows.</summary>
    internal Span<long> AddTimes(int rows)
    {
        if (_times.Length < Count + rows)
        {
            Array.Resize(ref _times, Math.Max(Count + rows, Math.Max(64, _times.Length * 2)));
        }

        var span = _times.AsSpan(Count, rows);
        Count += rows;
        return span;
    }

    /// <summary>The column of a field; a new one starts with that many rows that lack it.</summary>
    internal SampleColumn ColumnOf(int field, FieldKind kind, int missingRows)
    {
        if (Find(field) is { } known)
        {
            return known;
        }

        if (!_spare.TryPop(out var column))
        {
            column = new SampleColumn();
        }

        column.Reset(field, kind, missingRows);
        _columns.Add(column);
        return column;
    }

    /// <summary>Lets every column reach the last row.</summary>
    internal void Level()
    {
        foreach (var column in _columns)
        {
            column.AddMissing(Count - column.Count);
        }
    }
}
