using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Tests.Rules.Language;

public class ContradictionTests
{
    [TestCase("x > 85", "x < 90", "x = 87.5")]
    [TestCase("x > 85", "x <= 86", "x = 85.5")]
    [TestCase("x >= 85", "x <= 85", "x = 85")]
    [TestCase("85 < x", "90 > x", "x = 87.5")]
    [TestCase("x > 85 and free < 20GB", "x < 90", "x = 87.5, free = 19999999999")]
    [TestCase("a > 5 or b > 5", "a < 10", "a = 7.5")]
    [TestCase("x > 85 or x < 5", "x < 10", "x = 4")]
    [TestCase("avg(x, 5m) > 85", "avg(x, 5m) < 90", "avg(x, 5m) = 87.5")]
    [TestCase("up == false", "up == false", "up = 0")]
    [TestCase("x > 85", "x > 90", "x = 91")]
    public void A_sample_that_raises_and_clears_at_once_is_found(string raise, string clear, string example)
    {
        Assert.That(Find(raise, clear)?.Replace("300000000000", "5m", StringComparison.Ordinal).Replace("(x, 300)", "(x, 5m)", StringComparison.Ordinal),
            Is.EqualTo(example));
    }

    [TestCase("x > 85", "x < 85")]
    [TestCase("x > 85", "x <= 85")]
    [TestCase("x >= 85", "x < 85")]
    [TestCase("x > 85 and free < 20GB", "x < 82")]
    [TestCase("x > 85 and free < 20GB", "x < 82 or free > 30GB")]
    [TestCase("up == false", "up == true")]
    public void Conditions_that_exclude_each_other_pass(string raise, string clear)
    {
        Assert.That(Find(raise, clear), Is.Null);
    }

    [TestCase("avg(x, 5m) > 90", "x < 95", TestName = "Different parts may depend on each other")]
    [TestCase("x > 85", "free > 1GB", TestName = "Different fields may depend on each other")]
    [TestCase("x > y", "x < y + 5", TestName = "Nothing is compared with a number")]
    [TestCase("x != 0", "x == 0", TestName = "Inequality is no interval")]
    [TestCase("state == 'failed'", "state == 'failed'", TestName = "Texts are not looked into")]
    public void What_cannot_be_decided_passes(string raise, string clear)
    {
        Assert.That(Find(raise, clear), Is.Null);
    }

    private static string? Find(string raise, string clear) =>
        Contradiction.Find(ConditionParser.Parse(raise, out _)!, ConditionParser.Parse(clear, out _)!);
}
