namespace NocMonitor.Collector.Inventory.Links;

/// <summary>Makes links of what both ends of them say. Pure.</summary>
internal static class LinkBuilder
{
    public static IReadOnlyList<Link> Build(IEnumerable<Neighbour> neighbours, HostDirectory hosts)
    {
        var halves = neighbours.Select(neighbour => Half.Of(neighbour, hosts.Find(neighbour)))
            .Where(half => half.From != half.To)
            .GroupBy(half => (half.From, half.To, Port: PortName.Plain(half.Port))).Select(Half.Joined);
        return
        [
            .. halves.GroupBy(half => half.Pair).SelectMany(pair => Pair([.. pair.OrderBy(half => half.From, StringComparer.Ordinal).ThenBy(half => half.Port, StringComparer.Ordinal)]))
                .OrderBy(link => link.A.Host, StringComparer.Ordinal).ThenBy(link => link.A.Port, StringComparer.Ordinal)
                .ThenBy(link => link.B.Host, StringComparer.Ordinal).ThenBy(link => link.B.Port, StringComparer.Ordinal),
        ];
    }

    /// <summary>Joins what one end says with what the other says of the same link; between two devices there may be several.</summary>
    private static List<Link> Pair(List<Half> halves)
    {
        var first = halves[0].Pair.First;
        List<Half> left = [.. halves.Where(half => half.From == first)];
        List<Half> right = [.. halves.Where(half => half.From != first)];
        var links = new List<Link>();
        Join((one, other) => PortName.MayBeSame(one.RemotePorts, other.PortNames) && PortName.MayBeSame(other.RemotePorts, one.PortNames));
        Join((one, other) => PortName.MayBeSame(one.RemotePorts, other.PortNames) || PortName.MayBeSame(other.RemotePorts, one.PortNames));
        if (left.Count == 1 && right.Count == 1)
        {
            // The only link that is left on both sides is the same one, in whatever words.
            Join((_, _) => true);
        }

        links.AddRange(left.Concat(right).Select(half => half.ToLink(null)));
        return links;

        void Join(Func<Half, Half, bool> areOne)
        {
            foreach (var half in left.ToArray())
            {
                if (right.Find(other => areOne(half, other)) is { } other)
                {
                    links.Add(half.ToLink(other));
                    left.Remove(half);
                    right.Remove(other);
                }
            }
        }
    }

    /// <summary>A link as one end says it.</summary>
    private sealed record Half(
        string From, string To, bool ToIsKnown, string Port, IReadOnlyList<string> PortNames, IReadOnlyList<string> RemotePorts, IReadOnlyList<string> Protocols, DateTimeOffset Time)
    {
        public (string First, string Second) Pair => string.CompareOrdinal(From, To) < 0 ? (From, To) : (To, From);

        public static Half Of(Neighbour neighbour, string? host) => new(
            neighbour.Host, host ?? neighbour.Label, host is not null, neighbour.Port, neighbour.PortNames, neighbour.RemotePortNames, [neighbour.Protocol], neighbour.Time);

        /// <summary>One end may say it by two protocols, and again after a restart.</summary>
        public static Half Joined(IEnumerable<Half> same)
        {
            List<Half> all = [.. same.OrderByDescending(half => half.Time)];
            return all[0] with
            {
                PortNames = [.. all.SelectMany(half => half.PortNames).Distinct(StringComparer.Ordinal)],
                RemotePorts = [.. all.SelectMany(half => half.RemotePorts).Distinct(StringComparer.Ordinal)],
                Protocols = [.. all.SelectMany(half => half.Protocols).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            };
        }

        public Link ToLink(Half? other)
        {
            var here = new LinkEnd(From, Port, true);
            var there = new LinkEnd(To, other?.Port ?? RemotePorts.FirstOrDefault(""), ToIsKnown);
            var protocols = other is null ? Protocols : [.. Protocols.Union(other.Protocols, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            var time = other is null || other.Time < Time ? Time : other.Time;
            return From == Pair.First ? new Link(here, there, protocols, other is not null, time) : new Link(there, here, protocols, other is not null, time);
        }
    }
}
