using System.Collections.Frozen;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>The rules on one measurement with the fields and windows that their conditions share.</summary>
internal sealed record MeasurementRules(string Measurement, FieldSlots Slots, IReadOnlyList<Rule> Rules);

/// <summary>All rules of a configuration. Immutable: a reload makes a new one and exchanges the reference.</summary>
internal sealed class RuleSet
{
    /// <summary>The rule whose alert suppresses what its agent does not report any more.</summary>
    public const string SilentAgent = "agent.silent";

    private readonly FrozenDictionary<string, MeasurementRules> _byMeasurement;
    private readonly FrozenDictionary<string, Rule> _byName;
    private readonly ILookup<string, string> _parents;

    public RuleSet(
        IEnumerable<MeasurementRules> measurements, IReadOnlyList<Rule> groups, IReadOnlyList<string> volatileTags, IReadOnlyList<EventDefinition> events)
    {
        _byMeasurement = measurements.ToFrozenDictionary(rules => rules.Measurement, StringComparer.Ordinal);
        Groups = groups;
        VolatileTags = volatileTags;
        Events = events;
        _byName = _byMeasurement.Values.SelectMany(rules => rules.Rules).Concat(groups).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);
        _parents = All.SelectMany(rule => rule.Variants).SelectMany(variant => variant.DependsOn).Append(new Dependency(SilentAgent, "agent"))
            .Append(new Dependency(HostParents.Rule, "host")).Distinct().Where(dependency => _byName.ContainsKey(dependency.Rule)).ToLookup(dependency => dependency.Rule, dependency => dependency.Tag);
    }

    public static RuleSet Empty { get; } = new([], [], [], []);

    public IEnumerable<Rule> All => _byName.Values;

    public IEnumerable<MeasurementRules> Measurements => _byMeasurement.Values;

    public IReadOnlyList<Rule> Groups { get; }

    public IReadOnlyList<string> VolatileTags { get; }

    /// <summary>What traps begin and end.</summary>
    public IReadOnlyList<EventDefinition> Events { get; }

    public MeasurementRules? On(string measurement) => _byMeasurement.GetValueOrDefault(measurement);

    public Rule? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tags by which other rules depend on this one; none when no rule does.</summary>
    public IEnumerable<string> ParentTags(string rule) => _parents[rule];
}
