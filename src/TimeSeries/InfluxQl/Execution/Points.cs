using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Points that a function has made or takes: times, values, and beside them what else is shown of the picked points. Filled by one thread, then only read.</summary>
internal sealed class Points
{
    private readonly List<long> _times = [];

    public Points(ValueType type, TextPool texts, IReadOnlyList<ValueType> besides)
    {
        Texts = texts;
        Values = new ValueColumn(type, texts);
        Besides = [.. besides.Select(each => new ValueColumn(each, texts))];
    }

    public TextPool Texts { get; }

    public ValueColumn Values { get; }

    public ValueColumn[] Besides { get; }

    public int Count => _times.Count;

    public ReadOnlySpan<long> Times => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_times);

    /// <summary>Points of the same shape without any rows.</summary>
    public Points Empty(ValueType? type = null) => new(type ?? Values.Type, Texts, [.. Besides.Select(each => each.Type)]);

    public void Add(long time, long bits)
    {
        _times.Add(time);
        Values.Add(bits);
    }

    public void AddMissing(long time)
    {
        _times.Add(time);
        Values.AddMissing();
        foreach (var column in Besides)
        {
            column.AddMissing();
        }
    }

    public void AddRange(ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        _times.AddRange(times);
        Values.AddRange(bits);
    }

    /// <summary>Adds a point of another list of the same shape, under a time of its own.</summary>
    public void AddFrom(Points source, int row, long time)
    {
        _times.Add(time);
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
}
