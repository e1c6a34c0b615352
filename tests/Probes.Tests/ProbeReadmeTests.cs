using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests;

/// <summary>Holds the page of each probe that watches something else than the host's own figures against its options; those have a test of their own.</summary>
public class ProbeReadmeTests
{
    private static readonly string Root = Repository.Locate("src", "Probes");

    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["exec"] = "Exec",
        ["process"] = "Processes",
        ["service"] = "Services",
        ["file"] = "Files",
        ["ping"] = "Ping",
        ["tcp"] = "Tcp",
        ["http"] = "Http",
        ["tls"] = "Tls",
        ["dns"] = "Dns",
        ["ntp"] = "Ntp",
    };

    private static IEnumerable<string> Types() => Folders.Keys;

    [TestCaseSource(nameof(Types))]
    public void The_page_of_a_probe_names_each_of_its_options(string type)
    {
        var page = Page(type);
        var options = ProbeCatalog.Find(type)!.Describe().Options.Select(option => option.Name);

        Assert.That(options.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Types))]
    public void The_page_of_a_probe_names_no_option_that_it_has_not(string type)
    {
        var known = ProbeCatalog.Find(type)!.Describe().Options.Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
        var rows = Page(type).Split('\n').SkipWhile(line => !line.StartsWith("| option ", StringComparison.OrdinalIgnoreCase)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).ToList();
        var named = rows.SelectMany(row => row.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1));

        Assert.That(rows, Is.Not.Empty);
        Assert.That(named.Where(name => !known.Contains(name)), Is.Empty);
    }

    [TestCaseSource(nameof(Types))]
    public void The_page_of_a_probe_says_what_it_reports(string type)
    {
        Assert.That(Page(type), Does.Contain("`result_code`"));
    }

    private static string Page(string type) => File.ReadAllText(Path.Combine(Root, Folders[type], "README.md"));
}
