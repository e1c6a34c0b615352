namespace NocMonitor.Collector.Alerts;

/// <summary>The hosts directly before each host as one agent sees them, without circles. Immutable.</summary>
internal sealed class HostWays
{
    private readonly Dictionary<string, string[]> _before;

    private HostWays(Dictionary<string, string[]> before) => _before = before;

    /// <summary>
    /// The agent's own ways, and for hosts that it has none to those of any agent. Hosts in a circle would each be explained by the other when they fall silent together, and nobody would be told: what leads
    /// round in a circle, or from one circle into another, is left out.
    /// </summary>
    public static HostWays Of(IReadOnlyCollection<HostDependency> all, string agent)
    {
        var own = all.Where(dependency => dependency.Agent == agent).Select(dependency => dependency.Host).ToHashSet(StringComparer.Ordinal);
        List<HostDependency> edges = [.. all.Where(dependency => dependency.Agent == (own.Contains(dependency.Host) ? agent : "") && dependency.Host != dependency.Parent)];
        var circular = Peel(Peel(edges, edge => edge.Host, edge => edge.Parent), edge => edge.Parent, edge => edge.Host).ToHashSet();
        return new HostWays(edges.Where(edge => !circular.Contains(edge)).GroupBy(edge => edge.Host, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(edge => edge.Parent).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));
    }

    public IReadOnlyList<string> Before(string host) => _before.GetValueOrDefault(host, []);

    /// <summary>Takes away, again and again, the edges that lead to a host from which none leads on; what is left lies on circles or leads to one.</summary>
    private static List<HostDependency> Peel(List<HostDependency> edges, Func<HostDependency, string> from, Func<HostDependency, string> to)
    {
        var leaving = edges.GroupBy(from, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var arriving = edges.ToLookup(to, StringComparer.Ordinal);
        var ends = new Queue<string>(edges.Select(to).Distinct(StringComparer.Ordinal).Where(host => !leaving.ContainsKey(host)));
        var gone = new HashSet<HostDependency>();
        while (ends.TryDequeue(out var end))
        {
            foreach (var edge in arriving[end].Where(gone.Add))
            {
                if (--leaving[from(edge)] == 0)
                {
                    ends.Enqueue(from(edge));
                }
            }
        }

        return [.. edges.Where(edge => !gone.Contains(edge))];
    }
}
