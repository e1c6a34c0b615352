using System.Numerics;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>The smallest or the largest; of equal ones the earliest.</summary>
internal sealed class ExtremeAccumulator<T>(int windows, bool largest) : Accumulator
    where T : struct, INumber<T>
{
    private readonly T[] _values = new T[windows];
    private readonly long[] _times = new long[windows];
    private readonly bool[] _has = new bool[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        var values = As<T>(bits);
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (largest ? values[i] > values[best] : values[i] < values[best])
            {
                best = i;
            }
        }

        return Offer(window, values[best], times[best]) ? best : -1;
    }

    public override bool TakesSummaries => true;

    /// <summary>Only where nobody asks for the time of the point: the hour's stands for it.</summary>
    public override void Add(int window, in Rollup hour) => Offer(window, From<T>(largest ? hour.Max.Bits : hour.Min.Bits), hour.Time);

    public override bool Merge(int window, Accumulator later)
    {
        var other = (ExtremeAccumulator<T>)later;
        return other._has[window] && Offer(window, other._values[window], other._times[window]);
    }

    public override bool Has(int window) => _has[window];

    public override long BitsOf(int window) => Bits(_values[window]);

    public override long TimeOf(int window) => _times[window];

    private bool Offer(int window, T value, long time)
    {
        ref var known = ref _values[window];
        var better = !_has[window] || (largest ? value > known : value < known) || (value == known && time < _times[window]);
        if (better)
        {
            (known, _times[window], _has[window]) = (value, time, true);
        }

        return better;
    }
}

/// <summary>The first or the last in time; of several at one time the largest, but false before true for the first.</summary>
internal sealed class EndAccumulator(int windows, bool last, RefType type, TextPool texts) : Accumulator
{
    private readonly TextPool _pool = texts;
    private readonly long[] _bits = new long[windows];
    private readonly long[] _times = new long[windows];
    private readonly bool[] _has = new bool[windows];

    public override int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits)
    {
        var at = last ? times.Length - 1 : 0;
        return Offer(window, bits[at], times[at]) ? at : -1;
    }

    public override bool TakesSummaries => last;

    /// <summary>Only for one series, and where nobody asks for the time of the point: the hour's stands for it.</summary>
    public override void Add(int window, in Rollup hour) => Offer(window, hour.Last.Bits, hour.Time);

    public override bool Merge(int window, Accumulator later)
    {
        var other = (EndAccumulator)later;
        return other._has[window] && Offer(window, Own(other, other._bits[window]), other._times[window]);
    }

    public override bool Has(int window) => _has[window];

    public override long BitsOf(int window) => _bits[window];

    public override long TimeOf(int window) => _times[window];

    private bool Offer(int window, long bits, long time)
    {
        var better = !_has[window]
            || (last ? time > _times[window] : time < _times[window])
            || (time == _times[window] && IsLarger(bits, _bits[window]));
        if (better)
        {
            (_bits[window], _times[window], _has[window]) = (bits, time, true);
        }

        return better;
    }

    /// <summary>A text is a place in the pool of its own thread.</summary>
    private long Own(EndAccumulator other, long bits) => type is RefType.Text or RefType.Tag ? _pool.Add(other._pool[bits]) : bits;

    private bool IsLarger(long bits, long than) => type switch
    {
        RefType.Float => BitConverter.Int64BitsToDouble(bits) > BitConverter.Int64BitsToDouble(than),
        RefType.Unsigned => (ulong)bits > (ulong)than,
        RefType.Integer => bits > than,
        RefType.Boolean => last ? bits > than : bits < than,
        _ => string.CompareOrdinal(_pool[bits], _pool[than]) > 0,
    };
}
