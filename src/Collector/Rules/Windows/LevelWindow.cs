namespace NocMonitor.Collector.Rules.Windows;

/// <summary>The samples of one slice of a window, taken together.</summary>
internal struct LevelSlice
{
    public long Time;
    public double First;
    public double Last;
    public double Sum;
    public double Min;
    public double Max;
    public int Count;

    public readonly double Mean => Sum / Count;
}

/// <summary>
/// Levels over the last stretch of time. Exact while samples are no closer than a slice (10 s apart in a window of 20 minutes); closer ones are
/// averaged within their slice, their extremes and their number are kept.
/// </summary>
internal sealed class LevelWindow(long length) : SeriesWindow
{
    private readonly long _slice = Math.Max(1, length / Slices);
    private Ring<LevelSlice> _slices;

    public int Count => _slices.Count;

    public ref readonly LevelSlice this[int index] => ref _slices[index];

    protected override void Add(long time, double value)
    {
        while (_slices.Count > 0 && _slices[0].Time <= time - length)
        {
            _slices.DropFirst();
        }

        if (_slices.Count > 0 && _slices.Last.Time / _slice == time / _slice)
        {
            ref var slice = ref _slices.Last;
            slice.Time = time;
            slice.Last = value;
            slice.Sum += value;
            slice.Min = Math.Min(slice.Min, value);
            slice.Max = Math.Max(slice.Max, value);
            slice.Count++;
            return;
        }

        _slices.Append(new LevelSlice { Time = time, First = value, Last = value, Sum = value, Min = value, Max = value, Count = 1 });
    }

    public double Samples()
    {
        var count = 0;
        for (var i = 0; i < _slices.Count; i++)
        {
            count += _slices[i].Count;
        }

        return count;
    }

    public double Sum()
    {
        double sum = 0;
        for (var i = 0; i < _slices.Count; i++)
        {
            sum += _slices[i].Sum;
        }

        return sum;
    }

    public double Average() => _slices.Count == 0 ? double.NaN : Sum() / Samples();

    public double Minimum()
    {
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < _slices.Count; i++)
        {
            smallest = Math.Min(smallest, _slices[i].Min);
        }

        return _slices.Count == 0 ? double.NaN : smallest;
    }

    public double Maximum()
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < _slices.Count; i++)
        {
            largest = Math.Max(largest, _slices[i].Max);
        }

        return _slices.Count == 0 ? double.NaN : largest;
    }

    /// <summary>The difference between the newest and the oldest value.</summary>
    public double Delta() => _slices.Count < 2 ? double.NaN : _slices.Last.Last - _slices[0].First;

    /// <summary>Standard deviation of the population; unknown with fewer than two slices.</summary>
    public double Deviation()
    {
        if (_slices.Count < 2)
        {
            return double.NaN;
        }

        var mean = Average();
        double squares = 0;
        for (var i = 0; i < _slices.Count; i++)
        {
            var distance = _slices[i].Mean - mean;
            squares += distance * distance * _slices[i].Count;
        }

        return Math.Sqrt(squares / Samples());
    }

    /// <summary>The quantile with linear interpolation between neighbours.</summary>
    public double Quantile(double share)
    {
        if (_slices.Count == 0)
        {
            return double.NaN;
        }

        Span<double> sorted = stackalloc double[Slices + 2];
        sorted = sorted[.._slices.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = _slices[i].Mean;
        }

        sorted.Sort();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
