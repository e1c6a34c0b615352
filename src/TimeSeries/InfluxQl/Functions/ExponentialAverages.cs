namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>The exponential moving average. Until it is warm it is the plain mean, or it weighs each new value as a shorter period would.</summary>
internal sealed class ExponentialAverage(int period, bool simple, double? weight = null) : ISmoothing
{
    private readonly double _weight = weight ?? 2.0 / ((double)period + 1);
    private int _count;

    public int WarmUp => period - 1;

    public bool IsWarm => _count == period;

    public bool IsSimple => simple;

    public double Last { get; private set; }

    public double Next(double value)
    {
        Last = _count == 0 ? value
            : IsWarm ? ((value - Last) * _weight) + Last
            : simple ? ((Last * _count) + value) / (_count + 1)
            : ((value - Last) * (2.0 / (_count + 2))) + Last;
        _count += IsWarm ? 0 : 1;
        return Last;
    }
}

/// <summary>The double or triple exponential moving average: averages of averages, combined so that they lag less.</summary>
internal sealed class CascadedAverage(int period, bool simple, int levels) : ISmoothing
{
    private readonly ExponentialAverage[] _averages = [.. Enumerable.Range(0, levels).Select(_ => new ExponentialAverage(period, simple))];

    public int WarmUp => (period - 1) * (simple ? levels : 1);

    public double Next(double value)
    {
        var first = _averages[0].Next(value);
        var second = After(0, first);
        return levels == 2 ? (2 * first) - second : (3 * first) - (3 * second) + After(1, second);
    }

    /// <summary>The average of an average, as soon as there is one.</summary>
    private double After(int level, double value) => _averages[level].IsWarm || !simple ? _averages[level + 1].Next(value) : value;
}

/// <summary>The change of the triply smoothed value, in percent.</summary>
internal sealed class TripleDerivative(int period, bool simple) : ISmoothing
{
    private readonly ExponentialAverage[] _averages = [.. Enumerable.Range(0, 3).Select(_ => new ExponentialAverage(period, simple))];
    private double _last;

    public int WarmUp => ((period - 1) * (simple ? 3 : 1)) + 1;

    public double Next(double value)
    {
        foreach (var average in _averages)
        {
            value = average.Next(value);
            if (simple && !average.IsWarm)
            {
                break;
            }
        }

        var rate = ((value / _last) - 1) * 100;
        _last = value;
        return rate;
    }
}

/// <summary>How much of the smoothed movement was upwards: from 0 to 100, or from -100 to 100.</summary>
internal sealed class Strength(int period, bool simple, bool fromZero) : ISmoothing
{
    private readonly ExponentialAverage _up = new(period + 1, simple, 1.0 / period);
    private readonly ExponentialAverage _down = new(period + 1, simple, 1.0 / period);
    private double _last;

    public int WarmUp => period;

    public double Next(double value)
    {
        var up = _up.Next(Math.Max(0, value - _last));
        var down = _down.Next(Math.Max(0, _last - value));
        _last = value;
        return 100.0 * ((fromZero ? up : up - down) / (up + down));
    }
}
