namespace NocMonitor.Collector.Inventory.Links;

/// <summary>The hosts directly before a host on every shortest way from an agent to it.</summary>
/// <param name="Hops">How many links away from the agent's own.</param>
internal readonly record struct HostWay(IReadOnlyList<string> Parents, int Hops);

/// <summary>
/// Links as a graph. Devices that are no known hosts lead on like any other, but are nobody's parent: what is before them is. Immutable.
/// </summary>
internal sealed class HostGraph
{
    private readonly Dictionary<string, SortedSet<string>> _neighbours = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    public HostGraph(IEnumerable<Link> links)
    {
        foreach (var link in links)
        {
            Note(link.A, link.B);
            Note(link.B, link.A);
        }
    }

    public bool Contains(string host) => _neighbours.ContainsKey(host);

    /// <summary>
    /// The ways from a root to all that can be reached. The root and those who have nothing but the root before them have no parents when it stands for the agent's own machine; otherwise the root is
    /// the parent of its neighbours. Circles do no harm: each host is reached once, by its shortest ways, and the same links give the same parents in the same order.
    /// </summary>
    /// <param name="isAgent">Whether the root is the agent's own machine.</param>
    public IReadOnlyDictionary<string, HostWay> WaysFrom(string root, bool isAgent)
    {
        var hops = Hops(root);
        var ways = new Dictionary<string, HostWay>(StringComparer.Ordinal);
        var before = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (host, distance) in hops.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var parents = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var neighbour in _neighbours.GetValueOrDefault(host, []).Where(neighbour => hops[neighbour] == distance - 1))
            {
                if (_unknown.Contains(neighbour))
                {
                    parents.UnionWith(before[neighbour]);
                }
                else if (!isAgent || neighbour != root)
                {
                    parents.Add(neighbour);
                }
            }

            before.Add(host, parents);
            if (!_unknown.Contains(host))
            {
                ways.Add(host, new HostWay([.. parents], distance));
            }
        }

        return ways;
    }

    private Dictionary<string, int> Hops(string root)
    {
        var hops = new Dictionary<string, int>(StringComparer.Ordinal) { [root] = 0 };
        var queue = new Queue<string>([root]);
        while (queue.TryDequeue(out var host))
        {
            foreach (var neighbour in _neighbours.GetValueOrDefault(host, []))
            {
                if (hops.TryAdd(neighbour, hops[host] + 1))
                {
                    queue.Enqueue(neighbour);
                }
            }
        }

        return hops;
    }

    private void Note(LinkEnd from, LinkEnd to)
    {
        if (!_neighbours.TryGetValue(from.Host, out var set))
        {
            _neighbours.Add(from.Host, set = new SortedSet<string>(StringComparer.Ordinal));
        }

        set.Add(to.Host);
        if (!from.IsKnown)
        {
            _unknown.Add(from.Host);
        }
    }
}
