using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>
/// The newest samples of one series, row by row in one array: time, which fields are present, the values. A field of the series and guarded by a lock on
/// it. Rows stay in order of arrival; readers and the compaction sort their copies. The first <see cref="_frozen"/> rows are on their way into
/// a chunk and do not change any more.
/// </summary>
internal struct SeriesHead
{
    /// <summary>What a string object costs besides its characters.</summary>
    private const int TextOverhead = 32;

    private long[]? _rows;
    private FieldLayout? _layout;
    private List<string>? _texts;
    private int _textBytes;
    private int _count;
    private int _frozen;
    private long _firstUnfrozenSequence;
    private bool _unsorted;

    public readonly int Count => _count;

    /// <summary>The log sequence of the oldest row; meaningless when empty.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Bytes held, as far as they count.</summary>
    public readonly int Bytes => ((_rows?.Length ?? 0) * sizeof(long)) + _textBytes;

    public void Append(SampleBatch batch, in SampleRow row, HeadArrays arrays)
    {
        var layout = row.Series.Layout;
        if (_layout != layout)
        {
            MoveTo(layout, arrays);
        }

        var target = Extends(row.Timestamp) ? RowAt(_count - 1) : AddRow(row.Timestamp, batch.Sequence, arrays);
        var values = target[(1 + layout.PresenceWords)..];
        foreach (ref readonly var value in batch.Values(row))
        {
            target[1 + (value.Field >> 6)] |= 1L << (value.Field & 63);
            values[value.Field] = value.Kind == FieldKind.String ? AddText(batch.Text(value)) : value.Bits;
        }
    }

    /// <summary>Hints that the next append comes soon. Needs no lock: what it reads may be half changed, and only costs the hint.</summary>
    public readonly void FetchEnd()
    {
        var (rows, layout, count) = (_rows, _layout, _count);
        if (rows is not null && layout is not null && (long)count * layout.Stride is var end && end < rows.Length)
        {
            Prefetch.Element(ref rows[end]);
        }
    }

    /// <summary>Copies all rows; with freeze they are kept unchanged until <see cref="DropFrozen"/> or the next copy.</summary>
    public void CopyTo(HeadRows target, bool freeze)
    {
        target.Set(_layout, _rows.AsSpan(0, _count * (_layout?.Stride ?? 0)), _texts, _unsorted);
        if (freeze)
        {
            _frozen = _count;
        }
    }

    /// <summary>Fills an empty block with the rows of a range, from inclusive to exclusive, in order of time.</summary>
    /// <param name="fields">The fields that are wanted; all when null.</param>
    /// <param name="unsorted">Work space for rows that did not come in order.</param>
    public readonly void CopyTo(SampleBlock block, long from, long to, int[]? fields, HeadRows unsorted)
    {
        if (_unsorted)
        {
            unsorted.Set(_layout, _rows.AsSpan(0, _count * _layout!.Stride), _texts, unsorted: true);
            unsorted.AppendTo(block, unsorted.Find(from), unsorted.Find(to), fields);
        }
        else if (_count > 0 && Find(from) is var first && Find(to) is var end && first < end)
        {
            HeadColumns.AppendTo(block, _layout!, _rows.AsSpan(first * _layout!.Stride, (end - first) * _layout.Stride), _texts, fields);
        }
    }

    /// <summary>Fills an empty block with the newest row; false when the rows did not come in order, or there is none.</summary>
    public readonly bool TryCopyNewest(SampleBlock block, int[]? fields)
    {
        if (_unsorted || _count == 0)
        {
            return false;
        }

        HeadColumns.AppendTo(block, _layout!, RowAt(_count - 1), _texts, fields);
        return true;
    }

    /// <summary>The newest time of the rows that were frozen; the smallest number when there are none.</summary>
    public readonly long NewestFrozen()
    {
        var newest = long.MinValue;
        for (var row = 0; row < _frozen; row++)
        {
            newest = Math.Max(newest, RowAt(row)[0]);
        }

        return newest;
    }

    /// <summary>Forgets the rows that were frozen: they are in a chunk now. Gives back the memory when none is left.</summary>
    public void DropFrozen(HeadArrays arrays)
    {
        var rest = _count - _frozen;
        var old = _rows;
        if (rest == 0)
        {
            (_rows, _texts, _textBytes, _unsorted) = (null, null, 0, false);
        }
        else
        {
            var stride = _layout!.Stride;
            _rows = arrays.Rent(rest * stride);
            old.AsSpan(_frozen * stride, rest * stride).CopyTo(_rows);
            FirstSequence = _firstUnfrozenSequence;
        }

        if (old is not null)
        {
            arrays.Return(old);
        }

        _count = rest;
        _frozen = 0;
        DropUnusedTexts();
    }

    /// <summary>A line that only adds fields to the last point, as senders split them, makes no row of its own.</summary>
    private readonly bool Extends(long timestamp) => _count > _frozen && RowAt(_count - 1)[0] == timestamp;

    /// <summary>The first row, of rows in order, that is not before the time.</summary>
    private readonly int Find(long time)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = RowAt(middle)[0] < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly Span<long> RowAt(int row) => _rows.AsSpan(row * _layout!.Stride, _layout.Stride);

    private Span<long> AddRow(long timestamp, long sequence, HeadArrays arrays)
    {
        var stride = _layout!.Stride;
        if (_rows is null || _rows.Length < (_count + 1) * stride)
        {
            Grow(stride, arrays);
        }

        if (_count == 0)
        {
            FirstSequence = sequence;
        }
        else
        {
            _unsorted |= timestamp <= _rows![(_count - 1) * stride];
        }

        if (_count == _frozen)
        {
            _firstUnfrozenSequence = sequence;
        }

        _count++;
        var row = RowAt(_count - 1);
        row[0] = timestamp;
        row[1..(1 + _layout.PresenceWords)].Clear();
        return row;
    }

    /// <summary>Room for one row at first, as in most series that say something once in a while; then for one more and a quarter as many again, by fours.</summary>
    private void Grow(int stride, HeadArrays arrays)
    {
        var room = _count == 0 ? 1 : (_count + 1 + (_count / 4) + 3) & ~3;
        var rows = arrays.Rent(room * stride);
        if (_rows is not null)
        {
            _rows.AsSpan(0, _count * stride).CopyTo(rows);
            arrays.Return(_rows);
        }

        _rows = rows;
    }

    /// <summary>Brings the rows to a longer layout. Fields only ever come at the end, so old values keep their indexes.</summary>
    private void MoveTo(FieldLayout layout, HeadArrays arrays)
    {
        var (old, source) = (_layout, _rows);
        _rows = _count == 0 ? null : arrays.Rent((_count + 1) * layout.Stride);
        for (var row = 0; row < _count; row++)
        {
            var from = source.AsSpan(row * old!.Stride, old.Stride);
            var to = _rows.AsSpan(row * layout.Stride, layout.Stride);
            to.Clear();
            from[..(1 + old.PresenceWords)].CopyTo(to);
            from[(1 + old.PresenceWords)..].CopyTo(to[(1 + layout.PresenceWords)..]);
        }

        if (source is not null)
        {
            arrays.Return(source);
        }

        _layout = layout;
    }

    /// <summary>A series whose head never runs empty must not gather texts for ever.</summary>
    private void DropUnusedTexts()
    {
        if (_texts is not { Count: > 8 } old)
        {
            return;
        }

        (_texts, _textBytes) = (null, 0);
        var fields = _layout!.Fields;
        for (var row = 0; row < _count; row++)
        {
            var target = RowAt(row);
            for (var field = 0; field < fields.Length; field++)
            {
                if (fields[field].Kind == FieldKind.String && (target[1 + (field >> 6)] & (1L << (field & 63))) != 0)
                {
                    ref var bits = ref target[1 + _layout.PresenceWords + field];
                    bits = AddText(old[(int)bits]);
                }
            }
        }
    }

    /// <summary>Texts mostly repeat the last one; the few last are looked through before another is kept.</summary>
    private int AddText(string text)
    {
        _texts ??= new List<string>(1);
        for (var i = _texts.Count - 1; i >= Math.Max(0, _texts.Count - 8); i--)
        {
            if (string.Equals(_texts[i], text, StringComparison.Ordinal))
            {
                return i;
            }
        }

        _texts.Add(text);
        _textBytes += TextOverhead + (text.Length * sizeof(char));
        return _texts.Count - 1;
    }
}
