using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Tests.Rules.Windows;

public class CounterWindowTests
{
    private const long Second = 1_000_000_000;

    [TestCase(100, 150, 50, TestName = "Growth is growth")]
    [TestCase(150, 5, 0, TestName = "A reset is not guessed")]
    [TestCase(3_000_000_000, 100, 0, TestName = "A reset far from the end of 32 bits is no wrap")]
    [TestCase(4_294_967_290, 10, 16, TestName = "32 bits wrap")]
    [TestCase(4_294_967_290, 4_000_000_000, 0, TestName = "A fall to a large value is no wrap")]
    [TestCase(18_446_744_073_709_500_000.0, 4096, 55_712, TestName = "64 bits wrap")]
    [TestCase(1e12, 500, 0, TestName = "A large 64 bit counter that falls was reset")]
    public void Growth_knows_resets_and_wraps(double before, double now, double growth)
    {
        Assert.That(CounterWindow.Growth(before, now), Is.EqualTo(growth).Within(4096));
    }

    [Test]
    public void A_window_covers_its_whole_length()
    {
        var window = new CounterWindow(60 * Second);

        for (var i = 0; i <= 20; i++)
        {
            window.Take(i * 10 * Second, i * 100);
        }

        Assert.That((window.Increase(), window.Rate()), Is.EqualTo((600.0, 10.0)));
    }

    [Test]
    public void After_a_long_silence_the_growth_meanwhile_belongs_to_no_window()
    {
        var window = new CounterWindow(60 * Second);
        window.Take(0, 0);

        window.Take(3600 * Second, 1_000_000);

        Assert.That(window.Increase(), Is.NaN);
    }

    [Test]
    public void A_million_samples_of_one_window_stay_bounded_and_right()
    {
        var window = new CounterWindow(3600 * Second);

        for (var i = 0; i < 1_000_000; i++)
        {
            window.Take(i * Second / 100, i);
        }

        Assert.That(window.Increase(), Is.EqualTo(360_000).Within(3_000));
        Assert.That(window.Rate(), Is.EqualTo(100).Within(0.001));
    }
}
