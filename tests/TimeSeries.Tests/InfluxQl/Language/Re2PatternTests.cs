using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Language;

public class Re2PatternTests
{
    [TestCase("^(a|b)$", "b", true)]
    [TestCase("^(a|b)$", "b\n", false)]
    [TestCase("(?i)^SeRvEr01$", "server01", true)]
    [TestCase(@"\d+", "٣", false)]
    [TestCase(@"^\w+$", "straße", false)]
    [TestCase(@"[[:alpha:]_]+[[:digit:]]", "eth_0", true)]
    [TestCase(@"(?P<name>x)y", "xy", true)]
    [TestCase(@"\Qa.b\E", "a.b", true)]
    [TestCase(@"\Qa.b\E", "axb", false)]
    [TestCase(@"\pL", "é", true)]
    [TestCase(@"^\x{e9}$", "é", true)]
    [TestCase(@"[a-z-[aeiou]]", "b]", true)]
    [TestCase(@"a{2,3}", "aa", true)]
    [TestCase(@"\.", "a", false)]
    [TestCase("", "anything", true)]
    public void A_pattern_of_RE2_matches_what_RE2_would(string pattern, string text, bool expected) =>
        Assert.That(Re2Pattern.Compile(pattern).IsMatch(text), Is.EqualTo(expected));

    [TestCase("(?=a)")]
    [TestCase("(?<!a)b")]
    [TestCase(@"(a)\1")]
    [TestCase("[a")]
    [TestCase("(a")]
    [TestCase("a\\")]
    [TestCase("[[:what:]]")]
    public void What_RE2_refuses_is_refused(string pattern) =>
        Assert.That(() => Re2Pattern.Compile(pattern), Throws.TypeOf<FormatException>().With.Message.StartsWith("error parsing regexp: "));

    [Test]
    public void A_pattern_that_ruins_a_backtracking_engine_costs_time_in_proportion_to_the_text()
    {
        var regex = Re2Pattern.Compile("^(a|aa|a*)*$");

        Assert.That(regex.IsMatch(new string('a', 20_000) + "b"), Is.False);
    }

    [Test]
    public void A_pattern_that_is_too_long_is_refused() => Assert.That(() => Re2Pattern.Compile(new string('a', 5_000)), Throws.TypeOf<FormatException>());
}
