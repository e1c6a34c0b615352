using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Tests.Rules.Windows;

public class TrendTests
{
    private const long Minute = 60_000_000_000;
    private const long Hour = 60 * Minute;

    [Test]
    public void A_disk_that_fills_meets_its_limit_when_the_slope_says()
    {
        var window = Filled(6 * Hour, Minute, minute => 60 + (minute / 60.0));

        Assert.That(Trend.HoursUntil(window, 6 * Hour, 100), Is.EqualTo(34).Within(0.05));
    }

    [Test]
    public void A_level_that_falls_meets_a_limit_below()
    {
        var window = Filled(6 * Hour, Minute, minute => 100e9 - (minute * 1e9 / 60));

        Assert.That(Trend.HoursUntil(window, 6 * Hour, 0), Is.EqualTo(94).Within(0.05));
    }

    [Test]
    public void A_clean_up_and_a_spike_do_not_bend_the_trend()
    {
        var window = Filled(6 * Hour, Minute, minute => 60 + (minute / 60.0) + (minute is > 100 and < 110 ? 25 : 0));

        Assert.That(Trend.Slope(window, 6 * Hour) * 3600, Is.EqualTo(1).Within(0.05));
    }

    [Test]
    public void A_flat_level_never_meets_its_limit()
    {
        var window = Filled(6 * Hour, Minute, _ => 60);

        Assert.That(Trend.HoursUntil(window, 6 * Hour, 100), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Less_than_a_sixth_of_the_window_is_no_trend()
    {
        var window = new LevelWindow(6 * Hour);
        for (var i = 0; i < 50; i++)
        {
            window.Take(i * Minute, i);
        }

        Assert.That(Trend.Slope(window, 6 * Hour), Is.NaN);
    }

    private static LevelWindow Filled(long length, long step, Func<int, double> value)
    {
        var window = new LevelWindow(length);
        for (var i = 1; i * step <= length; i++)
        {
            window.Take(i * step, value(i));
        }

        return window;
    }
}
