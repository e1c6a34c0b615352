using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NocMonitor.Collector.Derivation;

namespace NocMonitor.Collector.Tests.Derivation;

/// <summary>What happens to a device between two samples.</summary>
internal enum Incident
{
    None,
    Restart,
    Discontinuity,
    Renumbered,
    Hole,
}

/// <summary>A stretch of time of a device's life.</summary>
/// <param name="Load">Share of the line's speed.</param>
internal readonly record struct Stretch(int Milliseconds, double Load, Incident Incident)
{
    public static Gen<Stretch> Any { get; } =
        from milliseconds in Gen.OneOf(Gen.Choose(0, 2_000), Gen.Choose(2_000, 300_000), Gen.Choose(300_000, 1_200_000))
        from load in Gen.Elements(0, 0.001, 0.3, 0.999, 1)
        from incident in Gen.Frequency(
            (12, Gen.Constant(Incident.None)), (1, Gen.Constant(Incident.Restart)), (1, Gen.Constant(Incident.Discontinuity)),
            (1, Gen.Constant(Incident.Renumbered)), (2, Gen.Constant(Incident.Hole)))
        select new Stretch(milliseconds, load, incident);
}

/// <summary>A device that knows the truth: how much its line carried since the last sample that showed the counter, and whether that can be told from outside.</summary>
internal sealed class CounterModel(int bits, double speed, BigInteger start)
{
    private static readonly long Begin = 1_700_000_000_000_000_000;

    /// <summary>No device is down and up again within so many milliseconds.</summary>
    private const int FastestRestart = 30_000;

    private readonly BigInteger _end = BigInteger.Pow(2, bits);
    private BigInteger _total = start;
    private long _time = Begin;
    private long _booted = Begin - 3_600_000_000_000;
    private int _discontinuity;
    private int _row = 1;

    /// <summary>What the line carried since the sample that the next rate starts from.</summary>
    public BigInteger Grown { get; private set; }

    /// <summary>The time since then, in nanoseconds; -1 when there was no such sample.</summary>
    public long Elapsed { get; private set; } = -1;

    /// <summary>Whether the counter began anew since then.</summary>
    public bool Broken { get; private set; }

    public void Live(Stretch stretch)
    {
        var nanoseconds = stretch.Milliseconds * 1_000_000L;
        var carried = new BigInteger(speed / 8 * stretch.Load * stretch.Milliseconds / 1000);
        _time += nanoseconds;
        _total += carried;
        Grown += carried;
        Elapsed += Elapsed < 0 ? 0 : nanoseconds;
        switch (stretch.Incident)
        {
            case Incident.Restart when stretch.Milliseconds > FastestRestart:
                (_booted, _total, Broken, _discontinuity) = (_time - (nanoseconds / 2), carried / 2, true, 0);
                break;
            case Incident.Discontinuity:
                (_discontinuity, _total, Broken) = (_discontinuity + 1, carried / 3, true);
                break;
            case Incident.Renumbered:
                (_row, _total, Broken) = (_row + 1, carried, true);
                break;
        }
    }

    public CounterSample Show(bool hole, bool signs = true)
    {
        var sample = new CounterSample(1);
        sample.Clear(_time);
        sample.Speed = speed;
        if (signs)
        {
            (sample.Uptime, sample.Discontinuity, sample.Row) = ((_time - _booted) / 1e9, _discontinuity, _row);
        }

        if (!hole)
        {
            sample.Set(0, (ulong)(_total % _end));
        }

        return sample;
    }

    /// <summary>The next rate starts from here.</summary>
    public void StartFromHere() => (Grown, Elapsed, Broken) = (0, 0, false);
}
