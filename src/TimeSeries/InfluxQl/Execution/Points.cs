using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Points that a function has made or takes: times, values, and beside them what else is shown of the picked points. Filled by one thread, then only read.</summary>
internal sealed class Points
{
    private long[] _times;

    public Points(ValueType type, TextPool texts, ValueType[] besides)
    {
        _times = new long[16];
        Texts = texts;
        Values = new ValueColumn(type, texts);
        Besides = Array.ConvertAll(besides, each => new ValueColumn(each, texts));
    }

    private Points(long[] times, ValueColumn values, TextPool texts) => (_times, Values, Texts, Besides, Count) = (times, values, texts, [], times.Length);

    /// <summary>Points of which each has a value, and nothing beside it. The arrays are kept, and do not change any more.</summary>
    public static Points Of(long[] times, ValueType type, long[] bits, TextPool texts) => new(times, ValueColumn.Of(type, bits, texts), texts);

    public TextPool Texts { get; }

    public ValueColumn Values { get; }

    public ValueColumn[] Besides { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The times alone, not to be changed.</summary>
    public long[] AllTimes => _times.Length == Count ? _times : Times.ToArray();

    /// <summary>Points of the same shape without any rows.</summary>
    public Points Empty(ValueType? type = null) => new(type ?? Values.Type, Texts, Array.ConvertAll(Besides, each => each.Type));

    public void Add(long time, long bits)
    {
        AddTime(time);
        Values.Add(bits);
    }

    public void AddMissing(long time)
    {
        AddTime(time);
        Values.AddMissing();
        foreach (var column in Besides)
        {
            column.AddMissing();
        }
    }

    public void AddRange(ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        Grow(Count + times.Length);
        times.CopyTo(_times.AsSpan(Count));
        Count += times.Length;
        Values.AddRange(bits);
    }

    /// <summary>Adds a point of another list of the same shape, under a time of its own.</summary>
    public void AddFrom(Points source, int row, long time)
    {
        AddTime(time);
        Values.Add(source.Values[row]);
        for (var i = 0; i < Besides.Length; i++)
        {
            Besides[i].Add(source.Besides[i][row]);
        }
    }

    public Points InOrder(ReadOnlySpan<int> rows)
    {
        var ordered = Empty();
        foreach (var row in rows)
        {
            ordered.AddFrom(this, row, _times[row]);
        }

        return ordered;
    }

    public Points Reversed()
    {
        var rows = new int[Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = rows.Length - 1 - i;
        }

        return InOrder(rows);
    }

    /// <summary>By time; points of one time stay in their order.</summary>
    public Points Sorted()
    {
        var rows = TimeOrder.Of(Times);
        return rows is null ? this : InOrder(rows);
    }

    private void AddTime(long time)
    {
        Grow(Count + 1);
        _times[Count++] = time;
    }

    private void Grow(int count)
    {
        if (_times.Length < count)
        {
            Array.Resize(ref _times, Math.Max(count, _times.Length * 2));
        }
    }
}
