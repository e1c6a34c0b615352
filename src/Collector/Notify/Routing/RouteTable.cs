using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Notify.Routing;

/// <summary>
/// Says which receivers an alert goes to: the first route that matches, and further ones while <c>Continue</c> is set. An alert that no route
/// matches goes to the default receivers: nothing is ever told to nobody by oversight, only by a route that says so. Immutable.
/// </summary>
internal sealed class RouteTable(IReadOnlyList<AlertRoute> routes, IReadOnlyList<string> defaults, IEnumerable<string> enabled)
{
    private readonly HashSet<string> _enabled = new(enabled, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Route(AlertLabels labels, Severity severity)
    {
        var receivers = new List<string>();
        var matched = false;
        foreach (var route in routes.Where(route => Matches(route, labels, severity)))
        {
            matched = true;
            receivers.AddRange(route.Receivers);
            if (!route.Continue)
            {
                break;
            }
        }

        return [.. (matched ? receivers : defaults).Select(Configured).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The name as the receiver's own entry writes it; null where it is off.</summary>
    private string? Configured(string name) => _enabled.TryGetValue(name, out var configured) ? configured : null;

    private static bool Matches(AlertRoute route, AlertLabels labels, Severity severity) =>
        route.Match.All(pair => pair.Value.Matches(pair.Key == "severity" ? Word(severity) : labels[pair.Key]));

    private static string Word(Severity severity) => severity == Severity.Critical ? "critical" : "warning";
}
