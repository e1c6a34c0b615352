namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Chande's momentum: how much of the movement over a period was upwards, from -100 to 100.</summary>
internal sealed class Momentum(int period) : ISmoothing
{
    private readonly Queue<double> _changes = new();
    private double _up;
    private double _down;
    private double? _last;

    public int WarmUp => period - 1;

    public double Next(double value)
    {
        var change = _last is { } last ? value - last : 0;
        _last = value;
        Count(change, 1);
        var result = _up != 0 || _down != 0 ? 100.0 * ((_up - _down) / (_up + _down)) : 0;
        _changes.Enqueue(change);
        if (_changes.Count >= period)
        {
            Count(_changes.Dequeue(), -1);
        }

        return result;
    }

    private void Count(double change, int sign)
    {
        _up += change > 0 ? sign * change : 0;
        _down -= change < 0 ? sign * change : 0;
    }
}

/// <summary>Kaufman's ratio: the way gone in a period by the sum of all steps, 1 for a straight line.</summary>
internal sealed class Efficiency(int period) : ISmoothing
{
    private readonly Queue<(double Value, double Step)> _points = new();
    private double _noise;
    private int _count;

    public int WarmUp => period;

    public bool IsWarm => _count > period;

    public double Last { get; private set; }

    public double Next(double value)
    {
        // Before the first value there were zeros, as far as the method is concerned.
        var (oldest, gone) = _points.Count == period ? _points.Dequeue() : (0, 0);
        var step = Math.Abs(value - Last);
        _noise -= gone;
        _noise += step;
        _points.Enqueue((value, step));
        Last = value;
        _count += IsWarm ? 0 : 1;
        var signal = Math.Abs(value - oldest);
        return signal == 0 || _noise == 0 ? 0 : signal / _noise;
    }
}

/// <summary>Kaufman's average: fast where values go straight, slow where they waver.</summary>
internal sealed class AdaptiveAverage(int period) : ISmoothing
{
    private const double Fast = 2.0 / (2.0 + 1.0);
    private const double Slow = 2.0 / (30.0 + 1.0);

    private readonly Efficiency _efficiency = new(period);
    private double _last;

    public int WarmUp => period;

    public double Next(double value)
    {
        _last = _efficiency.IsWarm ? _last : _efficiency.Last;
        var weight = Math.Pow((_efficiency.Next(value) * (Fast - Slow)) + Slow, 2);
        _last += weight * (value - _last);
        return _last;
    }
}
