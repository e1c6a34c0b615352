using NocMonitor.Collector.Alerts;
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
        HostDown = variants.ToList().FindIndex(variant => variant.Rule == HostParents.Rule);
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

    /// <summary>The number of the rule that says of a host that it does not answer; -1 when it is none of these.</summary>
    public int HostDown { get; }

    /// <summary>Group rules that count alerts of one of the rules.</summary>
    public Rule[] Groups { get; }

    /// <summary>Whether any of the rules raises when no samples come.</summary>
    public bool WatchesSilence { get; }

    /// <summary>Whether a silent agent keeps the silence of what it watched from being paged.</summary>
    public bool SilenceDependsOnAgent { get; }

    public IReadOnlyList<string> VolatileTags { get; }

    public FieldSlots Slots => Measurement.Slots;
}
