using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>A copy of a head, taken under the series' lock and then read at leisure. One owner at a time; reused.</summary>
internal sealed class HeadRows
{
    private readonly List<string> _texts = [];
    private FieldLayout? _layout;
    private long[] _rows = [];
    private int[] _order = [];

    public int Count { get; private set; }

    /// <summary>Values that the buffers hold.</summary>
    public long Capacity => _rows.Length + _order.Length;

    public void Clear()
    {
        (_layout, Count) = (null, 0);
        _texts.Clear();
    }

    public void Set(FieldLayout? layout, ReadOnlySpan<long> rows, List<string>? texts, bool unsorted)
    {
        _layout = layout;
        if (_rows.Length < rows.Length)
        {
            _rows = new long[rows.Length];
        }

        rows.CopyTo(_rows);
        _texts.Clear();
        _texts.AddRange(texts ?? []);
        Count = layout is null ? 0 : rows.Length / layout.Stride;
        Sort(unsorted);
    }

    public long TimeAt(int position) => _rows[_order[position] * _layout!.Stride];

    /// <summary>The first position, in order of time, that is not before the time.</summary>
    public int Find(long time)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (TimeAt(middle) < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Appends the rows from one position to before another; rows of one time become one, the later arrival wins.</summary>
    public void AppendTo(SampleBlock block, int first, int end, IReadOnlyCollection<int>? wanted = null)
    {
        var distinct = Distinct(first, end);
        var before = block.Count;
        var times = block.AddTimes(distinct);
        var row = -1;
        for (var position = first; position < end; position++)
        {
            row += IsNewTime(first, position) ? 1 : 0;
            times[row] = TimeAt(position);
        }

        for (var field = 0; field < (_layout?.Fields.Length ?? 0); field++)
        {
            if (wanted is null || wanted.Contains(field))
            {
                AppendColumn(block, field, first, end, before);
            }
        }

        block.Level();
    }

    private void AppendColumn(SampleBlock block, int field, int first, int end, int before)
    {
        SampleColumn? column = null;
        var kind = _layout!.Fields[field].Kind;
        var row = before - 1;
        for (var position = first; position < end; position++)
        {
            row += IsNewTime(first, position) ? 1 : 0;
            var values = _rows.AsSpan(_order[position] * _layout.Stride, _layout.Stride);
            if ((values[1 + (field >> 6)] & (1L << (field & 63))) == 0)
            {
                continue;
            }

            column ??= block.ColumnOf(field, kind, before);
            var bits = values[1 + _layout.PresenceWords + field];
            bits = kind == FieldKind.String ? block.AddText(_texts[(int)bits]) : bits;
            if (column.Count > row)
            {
                column.Replace(row, bits);
            }
            else
            {
                column.AddMissing(row - column.Count);
                column.Add(bits);
            }
        }
    }

    private int Distinct(int first, int end)
    {
        var distinct = 0;
        for (var position = first; position < end; position++)
        {
            distinct += IsNewTime(first, position) ? 1 : 0;
        }

        return distinct;
    }

    private bool IsNewTime(int first, int position) => position == first || TimeAt(position) != TimeAt(position - 1);

    /// <summary>By time, then by arrival: an index sort over few rows that are nearly in order.</summary>
    private void Sort(bool unsorted)
    {
        if (_order.Length < Count)
        {
            _order = new int[Count];
        }

        var order = _order.AsSpan(0, Count);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (unsorted)
        {
            var (rows, stride) = (_rows, _layout!.Stride);
            order.Sort((left, right) =>
            {
                var byTime = rows[left * stride].CompareTo(rows[right * stride]);
                return byTime != 0 ? byTime : left.CompareTo(right);
            });
        }
    }
}
