using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Tests.Rules.Windows;

public class LevelWindowTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void What_is_older_than_the_window_is_gone()
    {
        var window = new LevelWindow(60 * Second);

        window.Take(0, 1000);
        window.Take(59 * Second, 10);
        var both = window.Maximum();
        window.Take(60 * Second, 20);

        Assert.That((both, window.Maximum(), window.Samples()), Is.EqualTo((1000.0, 20.0, 2.0)));
    }

    [Test]
    public void Many_samples_stay_bounded_and_keep_extremes_sum_and_number()
    {
        var window = new LevelWindow(3600 * Second);

        for (var i = 0; i < 36_000; i++)
        {
            window.Take((i + 1) * Second / 10, i == 12_345 ? 1e6 : i % 10);
        }

        Assert.That(window.Count, Is.LessThanOrEqualTo(SeriesWindow.Slices + 2));
        Assert.That(window.Samples(), Is.EqualTo(36_000).Within(600));
        Assert.That((window.Minimum(), window.Maximum()), Is.EqualTo((0.0, 1e6)));
        Assert.That(window.Quantile(0.5), Is.EqualTo(4.5).Within(0.2));
    }

    [Test]
    public void Random_samples_agree_with_the_plain_calculation()
    {
        var random = new Random(7);
        var window = new LevelWindow(600 * Second);
        var kept = new List<(long Time, double Value)>();
        long time = 0;
        for (var i = 0; i < 2_000; i++)
        {
            time += random.NextInt64(5 * Second, 60 * Second);
            var value = random.NextDouble() * 100;
            window.Take(time, value);
            kept.Add((time, value));
            kept.RemoveAll(sample => sample.Time <= time - (600 * Second));

            Assert.That(window.Average(), Is.EqualTo(kept.Average(sample => sample.Value)).Within(1e-9));
            Assert.That(window.Minimum(), Is.EqualTo(kept.Min(sample => sample.Value)));
            Assert.That(window.Samples(), Is.EqualTo(kept.Count));
        }
    }
}
