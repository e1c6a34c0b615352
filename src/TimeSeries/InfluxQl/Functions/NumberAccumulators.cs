using System.Numerics;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>How many values.</summary>
internal sealed class CountAccumulator(int windows) : Accumulator
{
    private readonly long[] _counts = new long[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        _counts[window] += bits.Length;
        return -1;
    }

    public override bool Merge(int window, Accumulator later)
    {
        _counts[window] += ((CountAccumulator)later)._counts[window];
        return false;
    }

    public override bool TakesSummaries => true;

    public override void Add(int window, in Rollup hour) => _counts[window] += hour.Count;

    public override bool Has(int window) => _counts[window] > 0;

    public override long BitsOf(int window) => _counts[window];
}

/// <summary>The sum; of whole numbers it wraps.</summary>
internal sealed class SumAccumulator<T>(int windows) : Accumulator
    where T : struct, INumber<T>
{
    private readonly T[] _sums = new T[windows];
    private readonly bool[] _has = new bool[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        var sum = _sums[window];
        foreach (var value in As<T>(bits))
        {
            sum += value;
        }

        _sums[window] = sum;
        _has[window] = true;
        return -1;
    }

    public override bool Merge(int window, Accumulator later)
    {
        var other = (SumAccumulator<T>)later;
        _sums[window] += other._sums[window];
        _has[window] |= other._has[window];
        return false;
    }

    public override bool TakesSummaries => true;

    public override bool CanAdd(in Rollup hour) => IsExact<T>(hour);

    public override void Add(int window, in Rollup hour)
    {
        _sums[window] += T.CreateTruncating(hour.Sum);
        _has[window] = true;
    }

    public override bool Has(int window) => _has[window];

    public override long BitsOf(int window) => Bits(_sums[window]);
}

/// <summary>The arithmetic mean, always a decimal.</summary>
internal sealed class MeanAccumulator<T>(int windows) : Accumulator
    where T : struct, INumber<T>
{
    private readonly T[] _sums = new T[windows];
    private readonly long[] _counts = new long[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        var sum = _sums[window];
        foreach (var value in As<T>(bits))
        {
            sum += value;
        }

        _sums[window] = sum;
        _counts[window] += bits.Length;
        return -1;
    }

    public override bool Merge(int window, Accumulator later)
    {
        var other = (MeanAccumulator<T>)later;
        _sums[window] += other._sums[window];
        _counts[window] += other._counts[window];
        return false;
    }

    public override bool TakesSummaries => true;

    public override bool CanAdd(in Rollup hour) => IsExact<T>(hour);

    public override void Add(int window, in Rollup hour)
    {
        _sums[window] += T.CreateTruncating(hour.Sum);
        _counts[window] += hour.Count;
    }

    public override bool Has(int window) => _counts[window] > 0;

    public override long BitsOf(int window) => BitConverter.DoubleToInt64Bits(double.CreateTruncating(_sums[window]) / _counts[window]);
}

/// <summary>The distance of the smallest and the largest.</summary>
internal sealed class SpreadAccumulator<T>(int windows) : Accumulator
    where T : struct, INumber<T>
{
    private readonly T[] _min = new T[windows];
    private readonly T[] _max = new T[windows];
    private readonly bool[] _has = new bool[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        var values = As<T>(bits);
        var (min, max) = _has[window] ? (_min[window], _max[window]) : (values[0], values[0]);
        foreach (var value in values)
        {
            min = value < min ? value : min;
            max = value > max ? value : max;
        }

        (_min[window], _max[window], _has[window]) = (min, max, true);
        return -1;
    }

    public override bool TakesSummaries => true;

    public override void Add(int window, in Rollup hour)
    {
        Add(window, [], [hour.Min.Bits]);
        Add(window, [], [hour.Max.Bits]);
    }

    public override bool Merge(int window, Accumulator later)
    {
        var other = (SpreadAccumulator<T>)later;
        if (other._has[window])
        {
            _min[window] = !_has[window] || other._min[window] < _min[window] ? other._min[window] : _min[window];
            _max[window] = !_has[window] || other._max[window] > _max[window] ? other._max[window] : _max[window];
            _has[window] = true;
        }

        return false;
    }

    public override bool Has(int window) => _has[window];

    public override long BitsOf(int window) => Bits(_max[window] - _min[window]);
}
