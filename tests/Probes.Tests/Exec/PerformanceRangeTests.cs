using NocMonitor.Probes.Exec;

namespace NocMonitor.Probes.Tests.Exec;

public class PerformanceRangeTests
{
    [TestCase("10", "-1 11", "0 5 10")]
    [TestCase("10:", "9.99 -3", "10 1e9")]
    [TestCase("~:10", "10.01", "-1e9 10")]
    [TestCase("10:20", "9 21", "10 15 20")]
    [TestCase("@10:20", "10 15 20", "9 21")]
    [TestCase(":10", "-1 11", "0 10")]
    [TestCase("0:0", "1 -1", "0")]
    [TestCase("@0:0", "0", "1")]
    [TestCase("~:", "", "-1e300 0 1e300")]
    [TestCase("-5:-1", "0 -6", "-5 -3 -1")]
    [TestCase("0:-5", "-4 0 7", "")]
    [TestCase("80%", "81", "80")]
    [TestCase("1,5:2,5", "1.4 2.6", "1.5 2.5")]
    public void Alerts_by_the_plugin_guidelines(string text, string alerting, string calm)
    {
        Assert.That(PerformanceRange.TryParse(text, "%", out var range), Is.True);

        Assert.That(Numbers(alerting).Where(value => !range.Alerts(value)), Is.Empty, "alerting values");
        Assert.That(Numbers(calm).Where(range.Alerts), Is.Empty, "calm values");
    }

    [TestCase("")]
    [TestCase("@")]
    [TestCase("abc")]
    [TestCase("1:2:3")]
    [TestCase("~")]
    [TestCase("10;")]
    [TestCase("1e999")]
    public void Anything_else_is_refused(string text) => Assert.That(PerformanceRange.TryParse(text, "", out _), Is.False);

    [TestCase("10", "0:10")]
    [TestCase("@10:20", "@10:20")]
    [TestCase("~:5", "~:5")]
    [TestCase("5:", "5:")]
    public void Prints_as_a_range_that_means_the_same(string text, string expected)
    {
        Assert.That(PerformanceRange.TryParse(text, "", out var range), Is.True);

        Assert.That(range.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void What_is_no_number_never_alerts()
    {
        PerformanceRange.TryParse("@0:10", "", out var inside);
        PerformanceRange.TryParse("0:10", "", out var outside);

        Assert.That((inside.Alerts(double.NaN), outside.Alerts(double.NaN)), Is.EqualTo((false, false)));
    }

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture));
}
