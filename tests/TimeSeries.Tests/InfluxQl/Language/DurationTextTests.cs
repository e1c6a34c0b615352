using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Language;

public class DurationTextTests
{
    [TestCase("10s", 10_000_000_000)]
    [TestCase("1h30m", 5_400_000_000_000)]
    [TestCase("7u", 7_000)]
    [TestCase("7µ", 7_000)]
    [TestCase("3ms", 3_000_000)]
    [TestCase("5ns", 5)]
    [TestCase("2w", 1_209_600_000_000_000)]
    public void Durations_are_read(string text, long expected)
    {
        Assert.That(DurationText.TryParse(text, out var nanoseconds, out _), Is.True);
        Assert.That(nanoseconds, Is.EqualTo(expected));
    }

    [TestCase("", "invalid duration")]
    [TestCase("5", "invalid duration")]
    [TestCase("s", "invalid duration")]
    [TestCase("5x", "invalid duration")]
    [TestCase("5n", "invalid duration")]
    [TestCase("1h5", "invalid duration")]
    [TestCase("99999999999999999999s", "invalid duration")]
    [TestCase("15251w", "overflowed duration 15251w: choose a smaller duration or INF")]
    public void What_is_no_duration_is_told(string text, string expected)
    {
        Assert.That(DurationText.TryParse(text, out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo(expected));
    }

    [TestCase(0, "0s")]
    [TestCase(60_000_000_000, "1m")]
    [TestCase(90_000_000_000, "90s")]
    [TestCase(604_800_000_000_000, "1w")]
    [TestCase(1_001, "1001ns")]
    public void A_duration_is_written_with_one_unit(long nanoseconds, string expected) => Assert.That(DurationText.Format(nanoseconds), Is.EqualTo(expected));
}
