using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.Collector.Rules.Templates;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>A rule as it applies to some of its series: the rule itself, or one of its overrides. Compiled and immutable.</summary>
internal sealed record RuleVariant
{
    public required string Rule { get; init; }

    public required bool Enabled { get; init; }

    public required Condition? Warning { get; init; }

    public required Condition? WarningClear { get; init; }

    public required Condition? Critical { get; init; }

    public required Condition? CriticalClear { get; init; }

    /// <summary>The number that the policy's steps measure.</summary>
    public required Condition? StepValue { get; init; }

    /// <summary>The fields that the conditions use, by number.</summary>
    public required FieldSlots Slots { get; init; }

    public required AlertPolicy Policy { get; init; }

    /// <summary>In nanoseconds; see <see cref="RuleOptions.StaleAfter"/>.</summary>
    public required long StaleAfter { get; init; }

    public required IReadOnlyList<Dependency> DependsOn { get; init; }

    public required RuleTemplate Summary { get; init; }

    public required RuleTemplate Description { get; init; }

    public required RuleTemplate Runbook { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What all its conditions say of the sample in a frame, of which those that raise have been asked already.</summary>
    /// <param name="gap">How long the series was unusually silent before, in nanoseconds.</param>
    public Observation Observe(ConditionFrame frame, Truth warning, Truth critical, long gap) => new(
        frame.Time, warning, Clears(WarningClear, warning, frame), critical, Clears(CriticalClear, critical, frame),
        AfterGap: gap > StaleAfter, StepValue: StepValue?.Observe(frame) ?? double.NaN);

    private static Truth Clears(Condition? clear, Truth raised, ConditionFrame frame) =>
        clear is not null ? clear.Evaluate(frame) : raised switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown };

    /// <summary>The windows that its conditions read.</summary>
    public IEnumerable<int> Windows =>
        new[] { Warning, WarningClear, Critical, CriticalClear, StepValue }.OfType<Condition>().SelectMany(condition => condition.Windows).Distinct();
}
