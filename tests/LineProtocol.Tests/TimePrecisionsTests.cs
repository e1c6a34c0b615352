namespace NocMonitor.LineProtocol.Tests;

public sealed class TimePrecisionsTests
{
    [TestCase(null, TimePrecision.Nanoseconds)]
    [TestCase("", TimePrecision.Nanoseconds)]
    [TestCase("ns", TimePrecision.Nanoseconds)]
    [TestCase("n", TimePrecision.Nanoseconds)]
    [TestCase("us", TimePrecision.Microseconds)]
    [TestCase("u", TimePrecision.Microseconds)]
    [TestCase("µs", TimePrecision.Microseconds)]
    [TestCase("ms", TimePrecision.Milliseconds)]
    [TestCase("s", TimePrecision.Seconds)]
    [TestCase("m", TimePrecision.Minutes)]
    [TestCase("h", TimePrecision.Hours)]
    public void The_words_of_both_write_APIs_are_known(string? word, TimePrecision expected)
    {
        Assert.That(TimePrecisions.TryParse(word, out var precision), Is.True);
        Assert.That(precision, Is.EqualTo(expected));
    }

    [Test]
    public void Other_words_are_refused([Values("d", "NS", "sec", " s")] string word) =>
        Assert.That(TimePrecisions.TryParse(word, out _), Is.False);
}
