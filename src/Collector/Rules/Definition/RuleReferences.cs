using NocMonitor.Configuration;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Checks that the rules that rules name exist, and that no rule depends on itself in the end.</summary>
internal static class RuleReferences
{
    /// <param name="names">All names that are written, of rules with errors too.</param>
    public static void Check(IReadOnlyList<Rule> rules, IReadOnlyDictionary<string, ConfigPlace> names, ICollection<ConfigError> errors)
    {
        var parents = rules.DistinctBy(rule => rule.Name).ToDictionary(
            rule => rule.Name, rule => rule.Variants.SelectMany(variant => variant.DependsOn).Select(dependency => dependency.Rule).Distinct().ToArray(),
            StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var parent in parents[rule.Name].Where(parent => !names.ContainsKey(parent)))
            {
                errors.Add(At(rule, $"{rule.Name} depends on {parent}, which is no rule{Suggestion.For(parent, names.Keys)}"));
            }

            if (rule.Group is { Function: GroupFunction.Count } group && !names.ContainsKey(group.Subject))
            {
                errors.Add(At(rule, $"{rule.Name} counts {group.Subject}, which is no rule{Suggestion.For(group.Subject, names.Keys)}"));
            }

            if (Cycle(rule.Name, parents) is { } cycle)
            {
                errors.Add(At(rule, $"depends on itself: {string.Join(" -> ", cycle)}"));
            }
        }
    }

    private static ConfigError At(Rule rule, string message) => new(rule.Place, "", message);

    private static List<string>? Cycle(string start, Dictionary<string, string[]> parents)
    {
        var way = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Walk(start) ? [start, .. Enumerable.Reverse(way)] : null;

        bool Walk(string rule)
        {
            foreach (var parent in parents.GetValueOrDefault(rule, []))
            {
                if (parent == start || (seen.Add(parent) && Walk(parent)))
                {
                    way.Add(parent);
                    return true;
                }
            }

            return false;
        }
    }
}
