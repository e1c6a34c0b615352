using System.Runtime.InteropServices;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>
/// Aggregates decoded values window by window. Points of one series come in order of time, series one after the other. One thread at a time; those of several threads are
/// joined in the order of their series.
/// </summary>
internal abstract class Accumulator
{
    /// <summary>Takes some points of a window, at least one.</summary>
    /// <returns>The place among them of the point that the window now stands for, or -1 when it stands for the one of before, or for none.</returns>
    public abstract int Add(int window, ReadOnlySpan<long> times, ReadOnlySpan<long> bits);

    /// <summary>Takes what another made of later series; gives whether the window now stands for the other's point.</summary>
    public abstract bool Merge(int window, Accumulator later);

    /// <summary>Whether roll-ups can stand for the points of whole hours.</summary>
    public virtual bool TakesSummaries => false;

    /// <summary>Whether a roll-up says exactly enough.</summary>
    public virtual bool CanAdd(in Rollup hour) => true;

    /// <summary>Takes the points of an hour by their roll-up.</summary>
    public virtual void Add(int window, in Rollup hour) => throw new NotSupportedException();

    public abstract bool Has(int window);

    /// <summary>The value of a window that has points.</summary>
    public abstract long BitsOf(int window);

    public bool HasAll(int windows)
    {
        var window = 0;
        while (window < windows && Has(window))
        {
            window++;
        }

        return window == windows;
    }

    /// <summary>The values of windows that all have points.</summary>
    public virtual long[] AllBits(int windows)
    {
        var bits = new long[windows];
        for (var window = 0; window < windows; window++)
        {
            bits[window] = BitsOf(window);
        }

        return bits;
    }

    /// <summary>The time of the point that a window stands for.</summary>
    public virtual long TimeOf(int window) => 0;

    /// <summary>The accumulator of a function over values of a type; null when the function has to see all points of a window at once.</summary>
    public static Accumulator? Create(string function, RefType type, int windows, TextPool texts) => (function, type) switch
    {
        ("count", _) => new CountAccumulator(windows),
        ("first" or "last", _) => new EndAccumulator(windows, function == "last", type, texts),
        ("sum", RefType.Float) => new SumAccumulator<double>(windows),
        ("sum", RefType.Unsigned) => new SumAccumulator<ulong>(windows),
        ("sum", _) => new SumAccumulator<long>(windows),
        ("mean", RefType.Float) => new MeanAccumulator<double, double>(windows),
        ("mean", RefType.Unsigned) => new MeanAccumulator<ulong, UInt128>(windows),
        ("mean", _) => new MeanAccumulator<long, Int128>(windows),
        ("min" or "max", RefType.Float) => new ExtremeAccumulator<double>(windows, function == "max"),
        ("min" or "max", RefType.Unsigned) => new ExtremeAccumulator<ulong>(windows, function == "max"),
        ("min" or "max", _) => new ExtremeAccumulator<long>(windows, function == "max"),
        ("spread", RefType.Float) => new SpreadAccumulator<double>(windows),
        ("spread", RefType.Unsigned) => new SpreadAccumulator<ulong>(windows),
        ("spread", _) => new SpreadAccumulator<long>(windows),
        _ => null,
    };

    protected static ReadOnlySpan<T> As<T>(ReadOnlySpan<long> bits)
        where T : struct => MemoryMarshal.Cast<long, T>(bits);

    /// <summary>Roll-ups keep sums as decimals: beyond 2^53 the last digits of a whole number are lost.</summary>
    protected static bool IsExact<T>(in Rollup hour)
        where T : struct => typeof(T) == typeof(double) || Math.Abs(hour.Sum) < 1L << 53;

    protected static T From<T>(long bits)
        where T : struct => System.Runtime.CompilerServices.Unsafe.BitCast<long, T>(bits);

    protected static long Bits<T>(T value)
        where T : struct => System.Runtime.CompilerServices.Unsafe.BitCast<T, long>(value);
}
