using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>
/// Other values for a rule: inside it for some of its series, or in the configuration for the whole rule. The keys lie over the rule's own
/// before it is read, so here they are only declared.
/// </summary>
/// <param name="Node">The section as written.</param>
/// <param name="Where">Inside a rule: the series it is for.</param>
internal sealed record RuleOverrideOptions(ConfigNode Node, IReadOnlyDictionary<string, string> Where)
{
    public static RuleOverrideOptions Read(OptionReader reader)
    {
        var where = reader.TextMap("Where", "Patterns by tag. Inside a rule: the series it is for. In the configuration: replaces patterns of the rule.");
        foreach (var text in new[]
        {
            "Warning", "WarningClear", "Critical", "CriticalClear", "For", "WarningFor", "CriticalFor", "ClearFor", "NoData",
            "Summary", "Description", "Runbook",
        })
        {
            reader.OptionalText(text, $"As {text} of a rule.");
        }

        reader.Flag("Enabled", true, "As Enabled of a rule.");
        reader.Duration("StaleAfter", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), TimeSpan.FromDays(30), "As StaleAfter of a rule.");
        reader.Duration("Lifetime", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(30), "As Lifetime of a rule.");
        reader.Integer("FlapChanges", 6, 0, 100, "As FlapChanges of a rule.");
        reader.Duration("FlapWithin", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), "As FlapWithin of a rule.");
        reader.OptionalSection("Steps", StepOptions.Read, "As Steps of a rule.");
        reader.Texts("DependsOn", [], "As DependsOn of a rule.");
        reader.TextMap("Labels", "Labels added to those of the rule.");
        return new RuleOverrideOptions(reader.Node, where);
    }
}
