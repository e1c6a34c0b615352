using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>One rule as written. The format is described in docs/formats/rules.md.</summary>
internal sealed record RuleOptions
{
    /// <summary>Identifies the rule; unique over all files.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the rule is evaluated.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The measurement it judges; empty for a group rule.</summary>
    public required string Measurement { get; init; }

    /// <summary>The subject of a group rule; empty for others.</summary>
    public required string Group { get; init; }

    /// <summary>Patterns by tag; only series that match all are judged.</summary>
    public required IReadOnlyDictionary<string, string> Where { get; init; }

    public required string Warning { get; init; }

    public required string WarningClear { get; init; }

    public required string Critical { get; init; }

    public required string CriticalClear { get; init; }

    public required string For { get; init; }

    public required string WarningFor { get; init; }

    public required string CriticalFor { get; init; }

    public required string ClearFor { get; init; }

    /// <summary>A series that is silent for longer, and for longer than three of its intervals, is stale.</summary>
    public required TimeSpan StaleAfter { get; init; }

    public required string NoData { get; init; }

    /// <summary>Silence after which an alert is over; zero is never.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Changes between inactive and firing that make an alert flapping; 0 switches that off.</summary>
    public required int FlapChanges { get; init; }

    /// <summary>The stretch of time in which they happen.</summary>
    public required TimeSpan FlapWithin { get; init; }

    public required StepOptions? Steps { get; init; }

    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>One line for people, a template.</summary>
    public required string Summary { get; init; }

    /// <summary>What it means and what to look at, a template.</summary>
    public required string Description { get; init; }

    /// <summary>Link or path of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>Labels added to those of the series, for routes.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public static RuleOptions Read(OptionReader reader)
    {
        var options = new RuleOptions
        {
            Name = reader.RequiredText("Name", "Identifies the rule; unique over all files."),
            Enabled = reader.Flag("Enabled", true, "Whether the rule is evaluated."),
            Measurement = reader.Text("Measurement", "", "The measurement it judges."),
            Group = reader.Text("Group", "", $"Instead of Measurement, for a group rule: {GroupOption.Form}."),
            Where = reader.TextMap("Where", "Patterns by tag: globs, alternatives with |, a leading ! for not. Only series that match all are judged."),
            Warning = reader.Text("Warning", "", "Condition that raises a warning."),
            WarningClear = reader.Text("WarningClear", "", "Condition that clears it; default: the warning condition does not hold."),
            Critical = reader.Text("Critical", "", "Condition that raises a critical alert."),
            CriticalClear = reader.Text("CriticalClear", "", "Condition that clears it; default: the critical condition does not hold."),
            For = reader.Text("For", "1 sample", "How long a condition must hold before it fires: a duration of sample time, or 'N samples'."),
            WarningFor = reader.Text("WarningFor", "", "For of the warning alone."),
            CriticalFor = reader.Text("CriticalFor", "", "For of the critical condition alone."),
            ClearFor = reader.Text("ClearFor", "2 samples", "How long the clear condition must hold before the alert resolves."),
            StaleAfter = reader.Duration("StaleAfter", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), TimeSpan.FromDays(30),
                "A firing alert whose series is silent for longer than this, and longer than three of its intervals, is stale."),
            NoData = reader.Text("NoData", "ignore", $"What silence of a series does: {NoDataOption.Form}. It runs on the clock."),
            Lifetime = reader.Duration("Lifetime", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(30),
                "Silence on the clock after which an alert resolves: for events, whose end nobody may tell; 0 for never. Such an alert does not become stale."),
            FlapChanges = reader.Integer("FlapChanges", 6, 0, 100, "Changes between inactive and firing that make an alert flapping; 0 for never."),
            FlapWithin = reader.Duration("FlapWithin", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1), TimeSpan.FromDays(7),
                "The stretch of sample time in which they happen; half of it without a change ends the flapping."),
            Steps = reader.OptionalSection("Steps", StepOptions.Read, "Marks at each of which an alert that fires already pages once more."),
            DependsOn = reader.Texts("DependsOn", [], "Rules whose alert for the same host suppresses this one; 'name by tag' for another tag than host."),
            Summary = reader.Text("Summary", "", "One line for people; a Handlebars template over tags and fields."),
            Description = reader.Text("Description", "", "What it means and what to look at; a Handlebars template."),
            Runbook = reader.Text("Runbook", "", "Link or path of the runbook; a Handlebars template."),
            Labels = reader.TextMap("Labels", "Labels added to those of the series, for routes."),
        };
        reader.Sections("Overrides", RuleOverrideOptions.Read, "Other values for series that match; the first that matches counts.");
        return options;
    }
}
