using NocMonitor.TimeSeries.InfluxQl;
using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Execution;

public class WindowsTests
{
    private const long Second = DurationText.Second;

    [TestCase(12, 35, 10, 0, "10 20 30")]
    [TestCase(12, 35, 10, 5, "5 15 25 35")]
    [TestCase(12, 35, 10, -5, "5 15 25 35")]
    [TestCase(-25, -5, 10, 0, "-30 -20 -10")]
    [TestCase(10, 19, 10, 0, "10")]
    public void Windows_are_aligned_to_the_epoch_and_the_offset(long from, long to, long duration, long offset, string expected)
    {
        var windows = Windows.Over(new TimeRange(from * Second, to * Second), new Interval(duration * Second, offset * Second), null, 0);

        Assert.That(string.Join(' ', Enumerable.Range(0, windows.Count).Select(i => windows.StartOf(i) / Second)), Is.EqualTo(expected));
    }

    [TestCase("2017-03-24", "2017-03-28", 24, "2017-03-24T00:00:00+01:00 2017-03-25T00:00:00+01:00 2017-03-26T00:00:00+01:00 2017-03-27T00:00:00+02:00")]
    [TestCase("2017-10-28", "2017-10-31", 24, "2017-10-28T00:00:00+02:00 2017-10-29T00:00:00+02:00 2017-10-30T00:00:00+01:00")]
    public void Days_begin_at_midnight_of_the_zone_also_when_clocks_are_turned(string from, string to, int hours, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        TimeText.TryParse(from, zone, out var start);
        TimeText.TryParse(to, zone, out var end);

        var windows = Windows.Over(new TimeRange(start, end - 1), new Interval(hours * DurationText.Hour, 0), zone, 0);

        Assert.That(string.Join(' ', Enumerable.Range(0, windows.Count).Select(i => TimeText.Format(windows.StartOf(i), zone))), Is.EqualTo(expected));
    }

    [Test]
    public void A_stretch_of_times_ends_with_its_window()
    {
        var windows = Windows.Over(new TimeRange(0, (100 * Second) - 1), new Interval(10 * Second, 0), null, 0);
        long[] times = [.. Enumerable.Range(0, 100).Select(i => i * Second)];

        for (var i = 0; i < 100; i++)
        {
            Assert.That(windows.IndexOf(times[i]), Is.EqualTo(i / 10));
            Assert.That(windows.LengthOf(i / 10, times.AsSpan(i)), Is.EqualTo(10 - (i % 10)));
        }
    }

    [Test]
    public void A_wrong_guess_changes_neither_the_window_nor_the_stretch()
    {
        var windows = Windows.Over(new TimeRange(0, (100 * Second) - 1), new Interval(10 * Second, 0), null, 0);
        long[] times = [.. Enumerable.Range(0, 100).Select(i => i * Second)];

        for (var guess = -1; guess < 102; guess++)
        {
            Assert.That(windows.IndexOf(43 * Second, guess), Is.EqualTo(4));
            Assert.That(windows.IndexOf(-Second, guess), Is.Zero);
            Assert.That(windows.IndexOf(99 * Second, guess), Is.EqualTo(9));
            Assert.That(windows.LengthOf(4, times.AsSpan(43), Math.Max(0, guess)), Is.EqualTo(7));
            Assert.That(windows.LengthOf(9, times.AsSpan(93), Math.Max(0, guess)), Is.EqualTo(7));
        }
    }

    [Test]
    public void Too_many_windows_are_refused() => Assert.That(
        () => Windows.Over(new TimeRange(0, 100 * Second), new Interval(Second, 0), null, 50),
        Throws.TypeOf<QueryException>().With.Message.EqualTo("max-select-buckets limit exceeded: (101/50)"));
}
