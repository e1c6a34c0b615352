namespace NocMonitor.Collector.Rules.Windows;

/// <summary>
/// What the same hour of the week looked like in the weeks before: mean and deviation of the hourly means. Loaded from the store's roll-ups by
/// the engine, once an hour; unknown with fewer than three weeks.
/// </summary>
internal sealed class BaselineWindow : SeriesWindow
{
    public const int FewestWeeks = 3;
    public const int MostWeeks = 8;

    /// <summary>A series that never varies still gets a band: this share of its mean.</summary>
    private const double SmallestShare = 0.05;

    private double _mean = double.NaN;
    private double _deviation = double.NaN;

    /// <summary>The hour since 1970 that the band belongs to; -1 before the first load.</summary>
    public long Hour { get; private set; } = -1;

    /// <summary>Whether the engine has to load the band for the hour of this time.</summary>
    public bool IsDue(long time) => HourOf(time) != Hour;

    protected override void Add(long time, double value)
    {
        // The band comes from whole hours of past weeks; a single sample of today adds nothing to it.
    }

    /// <summary>Sets the band for the hour of this time from the means of that hour in past weeks.</summary>
    public void Load(long time, ReadOnlySpan<double> weeks)
    {
        Hour = HourOf(time);
        (_mean, _deviation) = (double.NaN, double.NaN);
        if (weeks.Length < FewestWeeks)
        {
            return;
        }

        double sum = 0;
        foreach (var week in weeks)
        {
            sum += week;
        }

        _mean = sum / weeks.Length;
        double squares = 0;
        foreach (var week in weeks)
        {
            squares += (week - _mean) * (week - _mean);
        }

        _deviation = Math.Max(Math.Sqrt(squares / weeks.Length), Math.Abs(_mean) * SmallestShare);
    }

    /// <summary>The mean moved by so many deviations.</summary>
    public double Band(double deviations) => _mean + (deviations * _deviation);

    private static long HourOf(long time) => time / 3_600_000_000_000;
}
