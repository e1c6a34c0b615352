using NocMonitor.Collector.Rules.Definition;

namespace NocMonitor.Collector.Tests.Rules.Definition;

public class TagPatternTests
{
    [TestCase("db01", "db01", true)]
    [TestCase("db01", "DB01", true)]
    [TestCase("db01", "db011", false)]
    [TestCase("db*", "db", true)]
    [TestCase("db*", "web", false)]
    [TestCase("*db", "testdb", true)]
    [TestCase("*db*1", "a-db-b-db1", true)]
    [TestCase("*db*1", "a-db-b-db2", false)]
    [TestCase("web?", "web1", true)]
    [TestCase("web?", "web12", false)]
    [TestCase("web1|web2|db*", "web2", true)]
    [TestCase("web1|web2|db*", "web3", false)]
    [TestCase("web1 | db*", "db9", true)]
    [TestCase("!tmpfs|overlay|squashfs", "ext4", true)]
    [TestCase("!tmpfs|overlay|squashfs", "overlay", false)]
    [TestCase("!tmpfs", "", true)]
    [TestCase("?*", "", false)]
    [TestCase("?*", "x", true)]
    [TestCase("*", "", true)]
    [TestCase("", "", true)]
    [TestCase("", "x", false)]
    [TestCase("a.c", "abc", false)]
    public void A_pattern_matches(string pattern, string value, bool expected)
    {
        Assert.That(new TagPattern(pattern).Matches(value), Is.EqualTo(expected));
    }

    [Test]
    public void No_pattern_takes_long()
    {
        var pattern = new TagPattern(string.Concat(Enumerable.Repeat("*a", 50)) + "b");

        Assert.That(pattern.Matches(new string('a', 20_000)), Is.False);
    }
}
