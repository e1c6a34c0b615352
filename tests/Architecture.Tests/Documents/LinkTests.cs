using System.Text.RegularExpressions;
using NocMonitor.Testing;

namespace NocMonitor.Architecture.Tests.Documents;

public partial class LinkTests
{
    private static readonly string[] Folders = ["bench", "deploy", "docs", "profiles", "rules", "src", "tests"];

    private static IEnumerable<string> Pages => Folders.Select(folder => Repository.Locate(folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
        .Where(page => !page.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));

    private static IEnumerable<(string Page, string Path, string Anchor)> Links =>
        from page in Pages
        from Match link in Link().Matches(Code().Replace(File.ReadAllText(page), ""))
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        let parts = target.Split('#', 2)
        select (page, parts[0].Length == 0 ? page : Path.GetFullPath(parts[0], Path.GetDirectoryName(page)!), parts.ElementAtOrDefault(1) ?? "");

    [Test]
    public void Every_relative_link_of_a_document_leads_somewhere() =>
        Assert.That(Links.Where(link => !Path.Exists(link.Path)).Select(link => $"{Path.GetRelativePath(Repository.Root, link.Page)}: {link.Path}"), Is.Empty);

    [Test]
    public void Every_anchor_of_a_link_is_a_heading_there()
    {
        var broken = Links.Where(link => link.Anchor.Length > 0 && link.Path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(link.Path))
            .Where(link => !Heading().Matches(Block().Replace(File.ReadAllText(link.Path), "")).Select(heading => AnchorOf(heading.Groups[1].Value)).Contains(link.Anchor))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, link.Page)}: #{link.Anchor}");

        Assert.That(broken, Is.Empty);
    }

    [TestCase("Prometheus remote write", "prometheus-remote-write")]
    [TestCase("Probe `ping`: how, and why", "probe-ping-how-and-why")]
    [TestCase("[A link](x.md) in it", "a-link-in-it")]
    public void An_anchor_is_made_of_a_heading_as_hosts_of_repositories_do(string heading, string anchor) => Assert.That(AnchorOf(heading), Is.EqualTo(anchor));

    private static string AnchorOf(string heading) =>
        NotInAnchor().Replace(LinkText().Replace(heading.Trim(), "$1"), "").ToLowerInvariant().Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
