using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>
/// Reads all rule files of a folder, lays the configuration's overrides over them, and compiles the whole. Reading has no side effects: a reload
/// reads again and keeps the old set when there is any error.
/// </summary>
internal static class RuleSetLoader
{
    /// <summary>The rules; null after errors, which are then all in <paramref name="errors"/>.</summary>
    public static RuleSet? Load(RulesOptions options, ICollection<ConfigError> errors)
    {
        var found = new List<ConfigError>();
        var compiler = new RuleCompiler(found);
        var rules = new List<Rule>();
        var names = new Dictionary<string, ConfigPlace>(StringComparer.Ordinal);
        var events = new List<ConfigNode>();
        foreach (var node in RuleNodes.Read(options, events, found))
        {
            var name = RuleNodes.NameOf(node);
            if (name.Length > 0 && !names.TryAdd(name, node.Place))
            {
                found.Add(new ConfigError(node.Place, node.Path, $"a rule {name} stands at {names[name]} already"));
            }

            if (compiler.Compile(RuleNodes.Override(node, options)) is { } rule)
            {
                rules.Add(rule);
            }
        }

        var definitions = ReadEvents(events, found);
        CheckOverrides(options, names, found);
        RuleReferences.Check(rules, names, found);

        // An error in a rule shows again in each of its overrides.
        foreach (var error in found.Distinct())
        {
            errors.Add(error);
        }

        return found.Count == 0 ? Assemble(rules, definitions, compiler, options) : null;
    }

    private static RuleSet Assemble(List<Rule> rules, List<EventDefinition> events, RuleCompiler compiler, RulesOptions options)
    {
        var measurements = rules.Where(rule => rule.Group is null).GroupBy(rule => rule.Options.Measurement, StringComparer.Ordinal)
            .Select(group => new MeasurementRules(group.Key, compiler.SlotsOf(group.Key), [.. group.Where(rule => rule.Variants.Any(variant => variant.Enabled))]));
        return new RuleSet(measurements, [.. rules.Where(rule => rule.Group is not null && rule.Common.Enabled)], options.VolatileTags, events);
    }

    private static List<EventDefinition> ReadEvents(List<ConfigNode> nodes, List<ConfigError> errors)
    {
        var events = new Dictionary<string, EventDefinition>(StringComparer.Ordinal);
        foreach (var definition in nodes.Select(node => EventDefinition.Read(node, errors)).OfType<EventDefinition>())
        {
            if (!events.TryAdd(definition.Name, definition))
            {
                errors.Add(new ConfigError(definition.Place, "Events", $"an event {definition.Name} stands at {events[definition.Name].Place} already"));
            }
        }

        return [.. events.Values];
    }

    private static void CheckOverrides(RulesOptions options, Dictionary<string, ConfigPlace> names, List<ConfigError> errors)
    {
        foreach (var (name, section) in options.Overrides.Where(pair => !names.ContainsKey(pair.Key)))
        {
            errors.Add(new ConfigError(section.Node.Place, section.Node.Path, $"there is no rule {name}{Suggestion.For(name, names.Keys)}"));
        }
    }
}
