using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules;

/// <summary>The <c>Collector.Rules</c> section.</summary>
internal sealed record RulesOptions
{
    /// <summary>The folder of the rule files.</summary>
    public required string Directory { get; init; }

    /// <summary>By rule name: what is different here from the rule files.</summary>
    public required IReadOnlyDictionary<string, RuleOverrideOptions> Overrides { get; init; }

    /// <summary>Tags that are left out of an alert's identity because they carry state.</summary>
    public required IReadOnlyList<string> VolatileTags { get; init; }

    /// <summary>After a start nobody is called silent before this has passed: agents need a while to find back.</summary>
    public required TimeSpan StartGrace { get; init; }

    /// <summary>How long a page waits at most for a parent that is pending, not evaluated since the start, or has just recovered, and one about samples more than a day old for later ones that end it.</summary>
    public required TimeSpan ParentWait { get; init; }

    /// <summary>How long resolved alerts are kept with their timelines.</summary>
    public required TimeSpan KeepResolved { get; init; }

    /// <summary>Evaluators side by side; 0 is one a processor, at most 8.</summary>
    public required int Shards { get; init; }

    public static RulesOptions Read(OptionReader reader) => new()
    {
        Directory = reader.Text("Directory", "rules", "The folder of the rule files (*.json): relative to the working folder, else beside the program."),
        Overrides = reader.SectionMap("Overrides", (_, inner) => RuleOverrideOptions.Read(inner), "By rule name: what is different here from the rule files."),
        VolatileTags = reader.Texts("VolatileTags", ["result", "status_code", "rcode", "active", "sub", "load"],
            "Tags left out of an alert's identity because they carry state."),
        StartGrace = reader.Duration("StartGrace", TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromHours(1),
            "After a start no series is called silent before this has passed. Taken up at the next start."),
        ParentWait = reader.Duration("ParentWait", TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromHours(1),
            "How long a page waits at most for a parent that is pending, not evaluated since the start, or has just recovered; and a page about samples more than a day old for later ones that end it. Taken up at the next start."),
        KeepResolved = reader.Duration("KeepResolved", TimeSpan.FromDays(400), TimeSpan.FromDays(1), TimeSpan.FromDays(3650),
            "How long resolved alerts are kept with their timelines. Taken up at the next start."),
        Shards = reader.Integer("Shards", 0, 0, 64, "Evaluators side by side; 0 is one a processor, at most 8. Taken up at the next start."),
    };
}
