namespace NocMonitor.Collector.Rules.Windows;

/// <summary>
/// The growth of a counter. A counter that falls was reset, and what it grew meanwhile is not guessed; unless it was near the end of 32 or 64 bits
/// and is near zero now: then it wrapped, and the step is known.
/// </summary>
internal sealed class CounterWindow(long length) : SeriesWindow
{
    private const double Range32 = 4294967296.0;
    private const double Range64 = 18446744073709551616.0;

    /// <summary>How near to the end and to zero a wrap is believed: an eighth of the range each.</summary>
    private const double Near = 0.125;

    private readonly long _slice = Math.Max(1, length / Slices);

    /// <summary>The first sample of each slice; the oldest stands at or before the beginning of the window, when there is one.</summary>
    private Ring<(long Time, double Total)> _marks;

    private long _time;
    private double _value = double.NaN;
    private double _total;

    private bool HasTwo => _marks.Count > 0 && _marks[0].Time < _time;

    protected override void Add(long time, double value)
    {
        if (!double.IsNaN(_value))
        {
            _total += Growth(_value, value);
        }

        (_time, _value) = (time, value);
        while (_marks.Count > 1 && _marks[1].Time <= time - length)
        {
            _marks.DropFirst();
        }

        // After a long silence the last mark says nothing about this window.
        if (_marks.Count > 0 && _marks[0].Time < time - (2 * length))
        {
            _marks.DropFirst();
        }

        if (_marks.Count == 0 || _marks.Last.Time / _slice != time / _slice)
        {
            _marks.Append((time, _total));
        }
    }

    /// <summary>Growth over the window; unknown before there are two samples.</summary>
    public double Increase() => HasTwo ? _total - _marks[0].Total : double.NaN;

    /// <summary>Growth a second; unknown before there are two samples.</summary>
    public double Rate() => HasTwo ? (_total - _marks[0].Total) / ((_time - _marks[0].Time) / 1e9) : double.NaN;

    internal static double Growth(double before, double now)
    {
        if (now >= before)
        {
            return now - before;
        }

        if (before <= Range32)
        {
            return Wrapped(before, now, Range32);
        }

        return before <= Range64 ? Wrapped(before, now, Range64) : 0;
    }

    private static double Wrapped(double before, double now, double range) =>
        before >= range * (1 - Near) && now >= 0 && now <= range * Near ? range - before + now : 0;
}
