using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Tests.Matching;

public class NamePatternTests
{
    [TestCase("*.bak", "a.bak")]
    [TestCase("*", "")]
    [TestCase("a*b*c", "a-b-b-c")]
    [TestCase("db?.bak", "db1.bak")]
    [TestCase("log.[0-9]", "log.7")]
    [TestCase("log.[!0-9]", "log.x")]
    [TestCase("[]x]", "]")]
    [TestCase("[!]x]", "y")]
    [TestCase("a[", "a[")]
    [TestCase("a[]", "a[]")]
    [TestCase("a[!]", "a[!]")]
    [TestCase("[*]", "*")]
    [TestCase("**", "anything")]
    public void Matches(string pattern, string name) => Assert.That(new NamePattern(pattern).Matches(name), Is.True);

    [TestCase("*.bak", "a.bak.tmp")]
    [TestCase("a", "A")]
    [TestCase("?", "")]
    [TestCase("log.[0-9]", "log.")]
    [TestCase("log.[!0-9]", "log.3")]
    [TestCase("[!]x]", "]")]
    [TestCase("[*]", "x")]
    [TestCase("", "x")]
    public void Does_not_match(string pattern, string name) => Assert.That(new NamePattern(pattern).Matches(name), Is.False);

    [TestCase("WU*", "wuauserv")]
    [TestCase("[a-c]x", "BX")]
    public void Case_can_be_ignored(string pattern, string name) => Assert.That(new NamePattern(pattern, ignoreCase: true).Matches(name), Is.True);

    [Test]
    [CancelAfter(10_000)]
    public void Many_stars_do_not_make_it_hang()
    {
        var pattern = new NamePattern(string.Concat(Enumerable.Repeat("*a", 2000)) + "b");

        Assert.That(pattern.Matches(new string('a', 10_000)), Is.False);
    }
}
