using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Planning;
using NocMonitor.TimeSeries.InfluxQl.Values;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>What one function takes from the blocks of a group: windows filled on the fly, or the points themselves when the function needs to see all of them. One thread at a time.</summary>
internal sealed class CallScan
{
    private readonly CallChain _chain;
    private readonly int _slot;
    private readonly int[] _besides;
    private readonly TimeRange _range;
    private readonly Accumulator? _accumulator;
    private readonly PickAccumulator? _picks;
    private readonly Value[]?[] _picked;
    private readonly Points _gathered;
    private readonly int _mostPoints;

    /// <param name="besides">The slots that are shown beside the picked points.</param>
    public CallScan(CallChain chain, SlotSet slots, int[] besides, Windows windows, TimeRange range, int mostPoints)
    {
        (_chain, _besides, _range, _mostPoints, Windows) = (chain, besides, range, mostPoints, windows);
        var column = chain.Column!;
        _slot = slots.Find(column);
        var nested = chain.Aggregate?.Arguments[0] is Language.Call;
        _accumulator = chain.Aggregate is null || nested ? null : Accumulator.Create(chain.Aggregate.Name, column.Type, windows.Count, Texts);
        _picks = PickAccumulator.Takes(chain.Aggregate) ? new PickAccumulator(chain.Aggregate!, column.Type, besides, windows.Count, mostPoints) : null;
        _picked = _accumulator is not null && besides.Length > 0 ? new Value[windows.Count][] : [];
        var types = Array.ConvertAll(besides, slot => SlotSet.TypeOf(slots.References[slot].Type));
        _gathered = new Points(SlotSet.TypeOf(column.Type), Texts, types);
    }

    public TextPool Texts { get; } = new();

    public Windows Windows { get; }

    public bool IsLast => _chain.Aggregate?.Name == "last";

    /// <summary>Whether roll-ups of the input that the view is turned to can stand for its samples.</summary>
    public bool TakesSummaries(BlockView view) => _accumulator is { TakesSummaries: true } && view.IsNumberAsStored(_slot);

    /// <summary>Whether an hour's roll-up says exactly enough.</summary>
    public bool CanTake(BlockView view, SampleBlock day, int row) => !RollupColumns.TryRead(day, row, view.PlaceOf(_slot), out var rollup) || _accumulator!.CanAdd(rollup);

    /// <summary>Takes an hour's roll-up, when it has one of the field.</summary>
    public void Take(BlockView view, SampleBlock day, int row)
    {
        if (RollupColumns.TryRead(day, row, view.PlaceOf(_slot), out var rollup))
        {
            _accumulator!.Add(Windows.IndexOf(rollup.Time), rollup);
        }
    }

    /// <summary>Whether the input that the view is turned to has the column.</summary>
    public bool Reads(BlockView view) => view.Has(_slot);

    /// <summary>Takes the rows of a block; false when there was nothing to take.</summary>
    public bool Take(BlockView view)
    {
        view.Compact(_slot, Texts, _besides.Length > 0, out var times, out var bits, out var rows);

        // Rows of an inner select were bounded when they were made; those of windows have the time of a window's start, which may lie before the range.
        var (first, end) = !view.ShowsEveryRow ? (LowerBound(times, _range.Min), LowerBound(times, _range.Max + 1))
            : Windows.Count == 0 ? (0, 0)
            : Windows.IsOne ? (0, times.Length)
            : (LowerBound(times, Windows.StartOf(0)), LowerBound(times, _range.Max + 1));
        if (first >= end)
        {
            return false;
        }

        times = times[first..end];
        bits = bits[first..end];
        rows = rows.IsEmpty ? rows : rows[first..end];
        if (_accumulator is null && _picks is null)
        {
            Gather(view, times, bits, rows);
        }
        else
        {
            Accumulate(view, times, bits, rows);
        }

        return true;
    }

    /// <summary>Joins what another thread took of later series.</summary>
    public void Merge(CallScan later)
    {
        if (_picks is not null)
        {
            _picks.Merge(later._picks!);
            return;
        }

        if (_accumulator is null)
        {
            for (var row = 0; row < later._gathered.Count; row++)
            {
                _gathered.AddFrom(later._gathered, row, later._gathered.Times[row]);
            }

            return;
        }

        for (var window = 0; window < Windows.Count; window++)
        {
            if (later._accumulator!.Has(window) && _accumulator.Merge(window, later._accumulator) && _picked.Length > 0)
            {
                _picked[window] = later._picked[window];
            }
        }
    }

    /// <summary>The points of the windows in order of time; nothing is filled in yet.</summary>
    /// <param name="atTheirTime">Points keep their own times instead of those of their windows.</param>
    public Points Finish(bool atTheirTime)
    {
        if (_picks is not null)
        {
            _picks.AppendTo(_gathered);
            return _gathered;
        }

        if (_accumulator is null)
        {
            var sorted = _gathered.Sorted();
            return _chain.Aggregate is null ? sorted : WindowFunctions.Apply(_chain.Aggregate, sorted, Windows, atTheirTime);
        }

        var type = SlotSet.TypeOf(ExprTypes.Of(_chain.Aggregate!));
        if (!atTheirTime && _besides.Length == 0 && _accumulator.HasAll(Windows.Count))
        {
            return Points.Of(Windows.Starts, type, _accumulator.AllBits(Windows.Count), Texts);
        }

        var points = _gathered.Empty(type);
        for (var window = 0; window < Windows.Count; window++)
        {
            if (_accumulator.Has(window))
            {
                points.Add(atTheirTime ? _accumulator.TimeOf(window) : Windows.StartOf(window), _accumulator.BitsOf(window));
                for (var i = 0; i < points.Besides.Length; i++)
                {
                    points.Besides[i].Add(_picked[window]![i]);
                }
            }
        }

        return points;
    }

    private void Accumulate(BlockView view, ReadOnlySpan<long> times, ReadOnlySpan<long> bits, ReadOnlySpan<int> rows)
    {
        // Samples at even distances fill neighbouring windows with as many each.
        var (window, length) = (-1, 0);
        for (var first = 0; first < times.Length;)
        {
            window = Windows.IndexOf(times[first], window + 1);
            length = Windows.LengthOf(window, times[first..], length);
            if (_picks is not null)
            {
                _picks.Add(window, view, times.Slice(first, length), bits.Slice(first, length), rows.IsEmpty ? rows : rows.Slice(first, length));
                first += length;
                continue;
            }

            var best = _accumulator!.Add(window, times.Slice(first, length), bits.Slice(first, length));
            if (best >= 0 && _picked.Length > 0)
            {
                Pick(view, rows[first + best], _picked[window] ??= new Value[_besides.Length]);
            }

            first += length;
        }
    }

    private void Pick(BlockView view, int row, Value[] into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = view.Get(_besides[i], row);
        }
    }

    private void Gather(BlockView view, ReadOnlySpan<long> times, ReadOnlySpan<long> bits, ReadOnlySpan<int> rows)
    {
        if (_mostPoints > 0 && _gathered.Count + times.Length > _mostPoints)
        {
            throw new QueryException($"max-row-limit exceeded: ({_gathered.Count + times.Length}/{_mostPoints})");
        }

        _gathered.AddRange(times, bits);
        for (var i = 0; i < _besides.Length; i++)
        {
            foreach (var row in rows)
            {
                _gathered.Besides[i].Add(view.Get(_besides[i], row));
            }
        }
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        if (times.Length == 0 || times[0] >= time)
        {
            return 0;
        }

        if (times[^1] < time)
        {
            return times.Length;
        }

        var index = times.BinarySearch(time);
        index = index < 0 ? ~index : index;
        while (index > 0 && times[index - 1] >= time)
        {
            index--;
        }

        return index;
    }
}
