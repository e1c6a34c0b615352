using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Backtest;

/// <summary>One rule compiled by itself, so that replaying it reads no fields but its own.</summary>
internal sealed class ReplayRule
{
    private readonly MeasurementRules _measurement;
    private readonly RuleSet _set;
    private readonly Dictionary<RuleVariant, BoundRules> _bound = [];

    private ReplayRule(Rule rule, RuleCompiler compiler, IReadOnlyList<string> volatileTags)
    {
        Rule = rule;
        VolatileTags = volatileTags;
        _measurement = new MeasurementRules(rule.Options.Measurement, compiler.SlotsOf(rule.Options.Measurement), [rule]);
        _set = new RuleSet([_measurement], [], volatileTags, []);
    }

    public Rule Rule { get; }

    public IReadOnlyList<string> VolatileTags { get; }

    /// <summary>Fields that the conditions look at.</summary>
    public IEnumerable<string> Fields => _measurement.Slots.Names;

    /// <summary>Null after errors, which are then noted; a rule on a group of alerts is one.</summary>
    public static ReplayRule? Compile(ConfigNode node, IReadOnlyList<string> volatileTags, ICollection<ConfigError> errors)
    {
        var compiler = new RuleCompiler(errors);
        if (compiler.Compile(node) is not { } rule)
        {
            return null;
        }

        if (rule.Group is null)
        {
            return new ReplayRule(rule, compiler, volatileTags);
        }

        errors.Add(new ConfigError(rule.Place, node.Path, $"{rule.Name} looks at alerts of other rules and not at samples; it cannot be replayed"));
        return null;
    }

    /// <summary>The rule as it applies to a series; null when it does not.</summary>
    public BoundRules? BoundTo(SeriesKey key)
    {
        if (Rule.For(key) is not { } variant)
        {
            return null;
        }

        if (!_bound.TryGetValue(variant, out var bound))
        {
            _bound.Add(variant, bound = new BoundRules(_measurement, [variant], _set));
        }

        return bound;
    }
}
