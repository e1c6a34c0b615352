using NocMonitor.Collector.Notify.Routing;

namespace NocMonitor.Collector.Tests.Notify.Routing;

public class LabelPatternTests
{
    [TestCase("web01", "web01", ExpectedResult = true)]
    [TestCase("web01", "web02", ExpectedResult = false)]
    [TestCase("web01", "WEB01", ExpectedResult = false)]
    [TestCase("web*", "web", ExpectedResult = true)]
    [TestCase("*db*", "prod-db-3", ExpectedResult = true)]
    [TestCase("web??", "web01", ExpectedResult = true)]
    [TestCase("web??", "web1", ExpectedResult = false)]
    [TestCase("a|b*|c", "bcd", ExpectedResult = true)]
    [TestCase("!lab|test*", "testbed", ExpectedResult = false)]
    [TestCase("!lab|test*", "prod", ExpectedResult = true)]
    [TestCase("", "", ExpectedResult = true, TestName = "An empty pattern matches an absent label")]
    [TestCase("*", "", ExpectedResult = true)]
    [TestCase("!", "", ExpectedResult = false, TestName = "A lone exclamation mark wants the label to be there")]
    [TestCase("*a*b*c", "xaxbxc", ExpectedResult = true)]
    [TestCase("*a*b*c", "xaxcxb", ExpectedResult = false)]
    public bool Pattern_against_value(string pattern, string value) => new LabelPattern(pattern).Matches(value);

    [Test]
    public void Many_stars_against_a_long_value_end_soon() =>
        Assert.That(new LabelPattern(string.Concat(Enumerable.Repeat("a*", 500)) + "b").Matches(new string('a', 20_000)), Is.False);
}
