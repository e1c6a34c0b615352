using System.Text.RegularExpressions;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host;

/// <summary>Holds the pages of the host probes against their options and points.</summary>
public class HostReadmeTests
{
    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["cpu"] = "Cpu",
        ["mem"] = "Mem",
        ["swap"] = "Swap",
        ["system"] = "SystemLoad",
        ["processes"] = "Processes",
        ["disk"] = "Disk",
        ["diskio"] = "DiskIo",
        ["net"] = "Net",
        ["kernel"] = "Kernel",
    };

    private static IEnumerable<string> Types() => Folders.Keys;

    [TestCaseSource(nameof(Types))]
    public void The_page_of_a_host_probe_names_each_of_its_options(string type)
    {
        var options = ProbeCatalog.Find(type)!.Describe().Options.Select(option => $"| `{option.Name}` |");

        Assert.That(options.Where(row => !Page(type).Contains(row, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Types))]
    public void The_page_of_a_host_probe_names_each_field_it_sends(string type)
    {
        var lines = Directory.EnumerateFiles(Repository.Locate("tests", "Probes.Tests", "Host", "recorded"), "expected.lp", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith(type + ",", StringComparison.Ordinal) || line.StartsWith(type + " ", StringComparison.Ordinal))
            .ToList();
        var fields = lines.SelectMany(line => Regex.Matches(line, "(?<=(?<!\\\\) |,)[a-z0-9_]+(?==)").Select(match => match.Value)).Distinct().ToList();
        var named = Regex.Matches(Page(type), "`([a-z0-9_]+\\*?)`").Select(match => match.Groups[1].Value).ToList();

        Assert.That(fields, Has.Count.GreaterThan(3));
        Assert.That(fields.Where(field => !named.Exists(name => name == field || (name.EndsWith('*') && field.StartsWith(name[..^1], StringComparison.Ordinal)))), Is.Empty);
    }

    private static string Page(string type) => File.ReadAllText(Repository.Locate("src", "Probes", "Host", Folders[type], "README.md"));
}
