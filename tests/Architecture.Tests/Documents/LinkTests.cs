using System.Text.RegularExpressions;
using NocMonitor.Testing;

namespace NocMonitor.Architecture.Tests.Documents;

public partial class LinkTests
{
    [Test]
    public void Every_relative_link_of_a_document_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(Repository.Locate("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Locate("src"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));

        var broken = pages.SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(link => (page, Target: link.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.page)!, link.Target.Split('#')[0])))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, link.page)}: {link.Target}");

        Assert.That(broken, Is.Empty);
    }

    [GeneratedRegex(@"\]\(([^)#\s][^)\s]*)\)")]
    private static partial Regex Link();
}
