namespace NocMonitor.Configuration.Tests;

public class DurationTests
{
    [TestCase("10s", 10_000)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("250ms", 250)]
    [TestCase("1.5h", 5_400_000)]
    [TestCase("2d", 172_800_000)]
    [TestCase("1w", 604_800_000)]
    [TestCase("0", 0)]
    public void A_number_with_its_unit_is_read(string text, long milliseconds)
    {
        Assert.That(Duration.TryParse(text, out var value), Is.True);

        Assert.That(value.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("")]
    [TestCase("10")]
    [TestCase("s")]
    [TestCase("-5s")]
    [TestCase("1h 30m")]
    [TestCase("5x")]
    [TestCase("99999999999999d")]
    [TestCase("1..2s")]
    public void Anything_else_is_refused(string text) => Assert.That(Duration.TryParse(text, out _), Is.False);

    [TestCase("1h30m")]
    [TestCase("10s")]
    [TestCase("250ms")]
    [TestCase("30d")]
    [TestCase("1d2h3m4s5ms")]
    [TestCase("0s")]
    public void Formatting_gives_what_was_read(string text)
    {
        Assert.That(Duration.TryParse(text, out var value), Is.True);

        Assert.That(Duration.Format(value), Is.EqualTo(text));
    }
}
