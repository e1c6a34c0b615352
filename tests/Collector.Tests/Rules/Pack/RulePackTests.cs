using System.Text.RegularExpressions;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Templates;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Rules.Pack;

public partial class RulePackTests
{
    private static readonly string[] TemplateWords = ["rule", "severity", "value", "threshold", "silence", "resolved", "host", "agent", "if", "else", "unless", "each"];
    private static readonly string[] DevicePages = ["snmp-points.md", "derived-rates.md", "trap-events.md"];
    private static readonly Dictionary<string, string[]> SourcesByMeasurement = FindSources();

    [Test]
    public void The_pack_loads_without_errors()
    {
        Assert.That(RulePack.Load().All.Count(), Is.GreaterThan(40));
    }

    [Test]
    public void Every_rule_says_what_it_means_and_has_a_runbook_that_is_there()
    {
        foreach (var rule in RulePack.Load().All)
        {
            Assert.That(rule.Options.Summary, Is.Not.Empty, rule.Name);
            Assert.That(rule.Options.Description, Is.Not.Empty, rule.Name);
            Assert.That(File.Exists(Repository.Locate(rule.Options.Runbook.Split('/'))), Is.True, $"{rule.Name}: {rule.Options.Runbook}");
        }
    }

    [Test]
    public void Every_field_that_a_rule_judges_is_one_that_its_measurement_has()
    {
        foreach (var rules in RulePack.Load().Measurements)
        {
            var words = WordsOf(rules.Measurement);
            Assert.That(rules.Slots.Names.Where(field => !words.Contains(field)), Is.Empty, $"fields of {rules.Measurement} in {string.Join(", ", rules.Rules.Select(rule => rule.Name))}");
        }
    }

    [Test]
    public void Every_word_of_a_text_is_a_field_or_tag_of_its_measurement()
    {
        foreach (var rule in RulePack.Load().All)
        {
            var known = rule.Group is null ? WordsOf(rule.Options.Measurement) : [.. GroupOption.Fields, .. rule.Group.Tags];
            var texts = $"{rule.Options.Summary} {rule.Options.Description} {rule.Options.Runbook}";
            var words = Places().Matches(texts).SelectMany(place => Words().Matches(Quoted().Replace(place.Groups[1].Value, "")).Select(word => word.Value))
                .Where(word => !TemplateHelpers.All.ContainsKey(word) && !TemplateWords.Contains(word));
            Assert.That(words.Where(word => !known.Contains(word)), Is.Empty, rule.Name);
        }
    }

    [Test]
    public void Every_rule_is_in_the_list_of_the_documentation()
    {
        var page = File.ReadAllText(Repository.Locate("docs", "rule-pack.md"));

        Assert.That(RulePack.Load().All.Select(rule => rule.Name).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>All texts in the source of what makes points of a measurement.</summary>
    private static HashSet<string> WordsOf(string measurement)
    {
        if (SourcesByMeasurement.TryGetValue(measurement, out var files))
        {
            return [.. files.SelectMany(file => Literals().Matches(File.ReadAllText(file)).Select(literal => literal.Groups[1].Value))];
        }

        // Device profiles make the others: the pages that say what they make are held against them by their own tests.
        var pages = DevicePages.Select(page => File.ReadAllText(Repository.Locate("docs", "formats", page))).ToArray();
        Assert.That(pages.Any(page => page.Contains($"`{measurement}`", StringComparison.Ordinal)), Is.True, $"nothing makes points of {measurement}");
        return [.. pages.SelectMany(page => Quotes().Matches(page).Select(quote => quote.Groups[1].Value))];
    }

    /// <summary>By measurement: the files of the folders where <c>new Point("measurement")</c> stands, and what all targets share.</summary>
    private static Dictionary<string, string[]> FindSources()
    {
        var files = new[] { "Probes", "Agent", "Collector" }.SelectMany(project => Directory.EnumerateFiles(Repository.Locate("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToArray();
        var sources = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var shared = files.Where(file => file.Contains($"{Path.DirectorySeparatorChar}Targets{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToArray();
        foreach (var file in files)
        {
            foreach (Match point in MadePoints().Matches(File.ReadAllText(file)))
            {
                var folder = Path.GetDirectoryName(file)!;
                var beside = files.Where(other => other.StartsWith(folder, StringComparison.Ordinal));
                sources[point.Groups[1].Value] = [.. sources.GetValueOrDefault(point.Groups[1].Value, shared), .. beside];
            }
        }

        return sources;
    }

    [GeneratedRegex("""(?:new\ Point|Tagged)\("([a-z0-9_]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex MadePoints();

    [GeneratedRegex("\"([A-Za-z0-9_]+)\"")]
    private static partial Regex Literals();

    [GeneratedRegex("`([A-Za-z0-9_]+)`")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\{\{([^}]*)\}\}")]
    private static partial Regex Places();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Words();
}
