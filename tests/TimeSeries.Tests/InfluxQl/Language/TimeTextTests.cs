using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Language;

public class TimeTextTests
{
    [TestCase("2000-01-01", 946_684_800_000_000_000)]
    [TestCase("2000-01-01 00:00:01", 946_684_801_000_000_000)]
    [TestCase("2000-01-01T00:00:01Z", 946_684_801_000_000_000)]
    [TestCase("2000-01-01T01:00:01+01:00", 946_684_801_000_000_000)]
    [TestCase("2000-01-01 00:00:00.000000001", 946_684_800_000_000_001)]
    [TestCase("1969-12-31T23:59:59.5Z", -500_000_000)]
    public void Times_are_read_as_UTC_unless_they_say_otherwise(string text, long expected)
    {
        Assert.That(TimeText.TryParse(text, null, out var time), Is.True);
        Assert.That(time, Is.EqualTo(expected));
    }

    [TestCase("2017-07-14", "2017-07-13T22:00:00Z")]
    [TestCase("2017-01-14 12:00:00", "2017-01-14T11:00:00Z")]
    [TestCase("2017-07-14T02:00:00Z", "2017-07-14T02:00:00Z")]
    public void A_bare_time_is_that_of_the_zone(string text, string expected)
    {
        Assert.That(TimeText.TryParse(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), out var time), Is.True);
        Assert.That(TimeText.Format(time), Is.EqualTo(expected));
    }

    [TestCase("2000-13-01")]
    [TestCase("2000-01-01 25:00:00")]
    [TestCase("2000-01-01T00:00:00.1234567890Z")]
    [TestCase("2000-01-01T00:00:00+1:00")]
    [TestCase("yesterday")]
    [TestCase("9999-01-01")]
    public void What_is_no_time_is_none(string text) => Assert.That(TimeText.TryParse(text, null, out _), Is.False);

    [TestCase(0, "1970-01-01T00:00:00Z")]
    [TestCase(1, "1970-01-01T00:00:00.000000001Z")]
    [TestCase(-500_000_000, "1969-12-31T23:59:59.5Z")]
    [TestCase(1_500_000_000_250_000_000, "2017-07-14T02:40:00.25Z")]
    public void Times_are_written_with_as_many_digits_as_there_are(long time, string expected) => Assert.That(TimeText.Format(time), Is.EqualTo(expected));
}
