using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Templates;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Rules.Definition;

/// <summary>Holds docs/formats/rules.md against the code.</summary>
public class RuleFormatPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.Locate("docs", "formats", "rules.md"));

    [Test]
    public void Every_key_of_a_rule_is_on_the_page()
    {
        Assert.That(OptionSchema.Describe(RuleOptions.Read).Options.Select(option => option.Name).Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_function_is_on_the_page()
    {
        Assert.That(FunctionCatalog.All.Where(function => !Page.Contains($"`{function.Name}", StringComparison.Ordinal)).Select(function => function.Signature), Is.Empty);
    }

    [Test]
    public void Every_helper_is_on_the_page()
    {
        Assert.That(TemplateHelpers.All.Keys.Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_rule_on_the_page_loads()
    {
        var example = Page[Page.IndexOf("{ \"Name\": \"fs.space\"", StringComparison.Ordinal)..];
        using var folder = new TemporaryFolder();
        folder.Write("rules.json", $$"""{ "Rules": [ { "Name": "host.down", "Measurement": "ping", "Critical": "x > 1" }, {{example[..example.IndexOf("```", StringComparison.Ordinal)]}} ] }""");
        var errors = new List<ConfigError>();
        var options = NocMonitor.Collector.Rules.RulesOptions.Read(new OptionReader(ConfigNode.Empty("", new ConfigPlace("test", 1, 1)), errors));

        RuleSetLoader.Load(options with { Directory = folder.Path }, errors);

        Assert.That(errors, Is.Empty);
    }
}
