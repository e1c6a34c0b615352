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
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TSum">Wide enough for the sum of all of them.</typeparam>
internal sealed class MeanAccumulator<T, TSum>(int windows) : Accumulator
    where T : struct, INumber<T>
    where TSum : struct, INumber<TSum>
{
    private readonly TSum[] _sums = new TSum[windows];
    private readonly long[] _counts = new long[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        _sums[window] = typeof(T) == typeof(long) ? _sums[window] + TSum.CreateTruncating(SumOf(bits)) : SumOf(_sums[window], As<T>(bits));
        _counts[window] += bits.Length;
        return -1;
    }

    public override bool Merge(int window, Accumulator later)
    {
        var other = (MeanAccumulator<T, TSum>)later;
        _sums[window] += other._sums[window];
        _counts[window] += other._counts[window];
        return false;
    }

    public override bool TakesSummaries => true;

    public override bool CanAdd(in Rollup hour) => IsExact<T>(hour);

    public override void Add(int window, in Rollup hour)
    {
        _sums[window] += TSum.CreateTruncating(hour.Sum);
        _counts[window] += hour.Count;
    }

    public override bool Has(int window) => _counts[window] > 0;

    public override long BitsOf(int window) => BitConverter.DoubleToInt64Bits(double.CreateTruncating(_sums[window]) / _counts[window]);

    private static TSum SumOf(TSum sum, ReadOnlySpan<T> values)
    {
        foreach (var value in values)
        {
            sum += TSum.CreateTruncating(value);
        }

        return sum;
    }

    /// <summary>Halves of so many values as there can be do not overflow, and add up as fast as the values would.</summary>
    private static Int128 SumOf(ReadOnlySpan<long> values)
    {
        var (high, low) = (0L, 0L);
        foreach (var value in values)
        {
            high += value >> 32;
            low += (uint)value;
        }

        return ((Int128)high << 32) + low;
    }
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
