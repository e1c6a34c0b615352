using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>The rules that apply to a series, in the form in which they apply. Immutable and shared by all series with the same ones.</summary>
internal sealed class BoundRules
{
    public BoundRules(MeasurementRules rules, IReadOnlyList<RuleVariant> variants, RuleSet set)
    {
        Measurement = rules;
        Variants = [.. variants];
        Windows = [.. variants.SelectMany(variant => variant.Windows).Distinct().Order()];
        ParentTags = [.. variants.Select(variant => set.ParentTags(variant.Rule).ToArray())];
        Groups = [.. set.Groups.Where(group => group.Group!.Function == GroupFunction.Count && variants.Any(variant => variant.Rule == group.Group.Subject))];
        WatchesSilence = variants.Any(variant => variant.Policy.WatchesSilence);
        SilenceDependsOnAgent = set.Find(RuleSet.SilentAgent) is not null;
        VolatileTags = set.VolatileTags;
    }

    public MeasurementRules Measurement { get; }

    public RuleVariant[] Variants { get; }

    /// <summary>Numbers of the windows that any of the rules reads.</summary>
    public int[] Windows { get; }

    /// <summary>By rule: the tags by which other rules depend on it; empty for most.</summary>
    public string[][] ParentTags { get; }

    /// <summary>Group rules that count alerts of one of the rules.</summary>
    public Rule[] Groups { get; }

    /// <summary>Whether any of the rules raises when no samples come.</summary>
    public bool WatchesSilence { get; }

    /// <summary>Whether a silent agent keeps the silence of what it watched from being paged.</summary>
    public bool SilenceDependsOnAgent { get; }

    public IReadOnlyList<string> VolatileTags { get; }

    public FieldSlots Slots => Measurement.Slots;
}
