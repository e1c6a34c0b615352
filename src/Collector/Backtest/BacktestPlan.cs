using System.Text;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Backtest;

/// <summary>What a request asks for, read and compiled: the rule as it is, as it would be, and the rules that suppress it.</summary>
/// <param name="Notes">Parents that cannot be replayed.</param>
internal sealed record BacktestPlan(ReplayRule Current, ReplayRule? Changed, IReadOnlyDictionary<string, ReplayRule> Parents, IReadOnlyList<string> Notes)
{
    /// <summary>Null after errors, which are then noted with their places.</summary>
    public static BacktestPlan? Read(BacktestRequest request, RulesOptions options, ICollection<ConfigError> errors)
    {
        var nodes = RuleNodes.Read(options, [], errors).Select(node => RuleNodes.Override(node, options)).ToList();
        var changes = request.File is null ? [] : ReadChanges(request, errors);
        var current = nodes.Find(node => RuleNodes.NameOf(node) == request.Rule);
        if (current is null)
        {
            errors.Add(new ConfigError(new ConfigPlace(options.Directory, 0, 0), "", $"there is no rule {request.Rule}{Suggestion.For(request.Rule, nodes.Select(RuleNodes.NameOf))}"));
            return null;
        }

        var changed = Change(current, changes);
        if (request.File is not null && changed is null)
        {
            errors.Add(new ConfigError(new ConfigPlace(FileName(request), 1, 1), "", $"there is no rule {request.Rule} in it"));
        }

        var asItIs = ReplayRule.Compile(current, options.VolatileTags, errors);
        var asItWouldBe = changed is null ? null : ReplayRule.Compile(changed, options.VolatileTags, errors);
        if (errors.Count > 0 || asItIs is null)
        {
            return null;
        }

        var notes = new List<string>();
        return new BacktestPlan(asItIs, asItWouldBe, ReadParents(nodes, [asItIs, asItWouldBe], options, notes), notes);
    }

    private static IReadOnlyList<ConfigNode> ReadChanges(BacktestRequest request, ICollection<ConfigError> errors) =>
        RuleNodes.Of(JsonConfigParser.Parse(FileName(request), Encoding.UTF8.GetBytes(request.File!), errors), [], errors);

    private static string FileName(BacktestRequest request) => request.FileName ?? "changed rules";

    private static ConfigNode? Change(ConfigNode current, IReadOnlyList<ConfigNode> changes)
    {
        var change = changes.FirstOrDefault(node => RuleNodes.NameOf(node) == RuleNodes.NameOf(current));
        return change is null ? null : change.Find("Measurement") is null ? ConfigSources.Merge(current, change) : change;
    }

    private static Dictionary<string, ReplayRule> ReadParents(List<ConfigNode> nodes, IEnumerable<ReplayRule?> children, RulesOptions options, List<string> notes)
    {
        var parents = new Dictionary<string, ReplayRule>(StringComparer.Ordinal);
        var names = children.OfType<ReplayRule>().SelectMany(child => child.Rule.Variants).SelectMany(variant => variant.DependsOn)
            .Append(new Dependency(RuleSet.SilentAgent, "agent")).Select(dependency => dependency.Rule).Distinct();
        foreach (var name in names)
        {
            var errors = new List<ConfigError>();
            if (nodes.Find(node => RuleNodes.NameOf(node) == name) is not { } node)
            {
                continue;
            }

            if (ReplayRule.Compile(node, options.VolatileTags, errors) is { } parent)
            {
                parents.Add(name, parent);
            }
            else
            {
                notes.Add($"what {name} would have suppressed is not known: {errors[0].Message}");
            }
        }

        return parents;
    }
}
