using NocMonitor.Collector.Reload;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Reload;

public class StableChangeTests
{
    [TestCase("a a a", ExpectedResult = "...", TestName = "Nothing changed")]
    [TestCase("b b b", ExpectedResult = ".R.", TestName = "A change that stays is taken once")]
    [TestCase("b c d d", ExpectedResult = "...R", TestName = "A file being written is waited for")]
    [TestCase("b a a", ExpectedResult = "...", TestName = "A change taken back is none")]
    [TestCase("b b a a", ExpectedResult = ".R.R", TestName = "Back to what was before is a change too")]
    public string Looks(string stamps)
    {
        var change = new StableChange("a");
        return string.Concat(stamps.Split(' ').Select(stamp =>
        {
            if (!change.IsDue(stamp))
            {
                return '.';
            }

            change.Take(stamp);
            return 'R';
        }));
    }

    [Test]
    public void Files_that_come_change_or_go_make_another_stamp()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("rules"));
        var stamps = new List<string> { Stamp(folder) };

        folder.Write("c.json", "1");
        stamps.Add(Stamp(folder));
        folder.Write("rules/r.json", "22");
        stamps.Add(Stamp(folder));
        folder.Write("rules/r.json", "333");
        stamps.Add(Stamp(folder));
        File.Delete(folder.File("c.json"));
        stamps.Add(Stamp(folder));

        Assert.That(stamps, Is.Unique);
        Assert.That(Stamp(folder), Is.EqualTo(stamps[^1]));
    }

    private static string Stamp(TemporaryFolder folder) => FileStamps.Take([folder.File("c.json")], folder.File("rules"));
}
