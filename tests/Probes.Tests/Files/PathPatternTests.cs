using NocMonitor.Probes.Files;

namespace NocMonitor.Probes.Tests.Files;

[Platform(Exclude = "Win")]
public class PathPatternTests
{
    [TestCase("/var/backups/*.bak", "/var/backups", "*.bak")]
    [TestCase("/srv/*/log/**/*.gz", "/srv", "*/log/**/*.gz")]
    [TestCase("/*", "/", "*")]
    [TestCase("/etc/hosts", "/etc/hosts", "")]
    public void The_walk_starts_before_the_first_wildcard(string text, string folder, string tail)
    {
        var pattern = PathPattern.Parse(text, recursive: false, out _)!;

        Assert.That((pattern.Folder, pattern.Tail), Is.EqualTo((folder, tail)));
    }

    [TestCase("/b/*.bak", "x.bak", true)]
    [TestCase("/b/*.bak", "sub/x.bak", false)]
    [TestCase("/b/**/*.bak", "x.bak", true)]
    [TestCase("/b/**/*.bak", "one/two/x.bak", true)]
    [TestCase("/b/**/daily/**/x", "daily/x", true)]
    [TestCase("/b/**/daily/**/x", "a/daily/b/daily/c/x", true)]
    [TestCase("/b/**/daily/**/x", "a/weekly/x", false)]
    [TestCase("/b/**", "one/two/three", true)]
    [TestCase("/b/?/x", "a/x", true)]
    [TestCase("/b/?/x", "ab/x", false)]
    public void A_way_matches_part_by_part(string text, string way, bool matches)
    {
        var pattern = PathPattern.Parse(text, recursive: false, out _)!;

        var states = way.Split('/').Aggregate(pattern.Start, (states, name) => pattern.Advance(states, name));

        Assert.That(pattern.Accepts(states), Is.EqualTo(matches));
    }

    [Test]
    public void Recursive_looks_for_the_last_part_in_every_folder_below()
    {
        var pattern = PathPattern.Parse("/var/spool/core", recursive: true, out _)!;

        Assert.That((pattern.Folder, pattern.Tail), Is.EqualTo(("/var/spool", "**/core")));
    }

    [TestCase("relative/*.bak", "'relative/*.bak' is not a full path")]
    [TestCase("", "'' is not a full path")]
    public void A_path_that_is_not_full_is_refused(string text, string expected)
    {
        Assert.That(PathPattern.Parse(text, recursive: false, out var reason), Is.Null);
        Assert.That(reason, Is.EqualTo(expected));
    }

    [Test]
    public void A_pattern_of_too_many_parts_is_refused() =>
        Assert.That(PathPattern.Parse(string.Concat(Enumerable.Repeat("/*", 63)), recursive: false, out _), Is.Null);
}
