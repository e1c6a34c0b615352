using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Rules.Pack;

/// <summary>The rules that are shipped.</summary>
internal static class RulePack
{
    public static string Folder { get; } = Repository.Locate("rules");

    public static RuleSet Load()
    {
        var errors = new List<ConfigError>();
        var options = RulesOptions.Read(new OptionReader(ConfigNode.Empty("", new ConfigPlace("test", 1, 1)), errors));
        var rules = RuleSetLoader.Load(options with { Directory = Folder }, errors);
        Assert.That(errors.Select(error => error.ToString()), Is.Empty);
        return rules!;
    }

    /// <summary>The rules of some files as a stage wants them.</summary>
    public static string Text(params string[] files) => string.Join(",\n", files.Select(file =>
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{file}.json"));
        return text[(text.IndexOf('[', text.IndexOf("\"Rules\"", StringComparison.Ordinal)) + 1)..text.LastIndexOf(']')];
    }));
}
