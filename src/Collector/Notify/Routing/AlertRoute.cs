using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify.Routing;

/// <summary>One entry of <c>Routes</c>: which alerts go to which receivers.</summary>
internal sealed record AlertRoute
{
    /// <summary>Patterns by label; all must match. <c>severity</c> is a label here. Empty: every alert.</summary>
    public required IReadOnlyDictionary<string, TagPattern> Match { get; init; }

    public required IReadOnlyList<string> Receivers { get; init; }

    /// <summary>Whether later routes are looked at after this one matched.</summary>
    public required bool Continue { get; init; }

    /// <param name="receivers">The names that there are.</param>
    public static AlertRoute Read(OptionReader reader, IEnumerable<string> receivers)
    {
        var route = new AlertRoute
        {
            Match = reader.TextMap("Match", "Patterns by label, all of which must match: * and ? are wildcards, | separates alternatives, a leading ! turns around. "
                + "severity, rule, host and every tag of the series are labels.")
                .ToDictionary(pair => pair.Key, pair => new TagPattern(pair.Value), StringComparer.Ordinal),
            Receivers = reader.Texts("Receivers", [], "Who is told; none: nobody."),
            Continue = reader.Flag("Continue", false, "Whether later routes are looked at after this one matched."),
        };
        reader.CheckReceivers("Receivers", route.Receivers, receivers);
        return route;
    }
}

internal static class ReceiverNames
{
    public static void CheckReceivers(this OptionReader reader, string option, IEnumerable<string> named, IEnumerable<string> known)
    {
        var names = known.ToArray();
        foreach (var name in named.Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            reader.Fail(option, $"there is no receiver '{name}'{Suggestion.For(name, names)}");
        }
    }
}
