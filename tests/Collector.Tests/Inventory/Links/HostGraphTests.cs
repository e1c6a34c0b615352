using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Tests.Inventory.Links;

public class HostGraphTests
{
    [Test]
    public void Each_host_has_what_is_before_it_on_all_its_shortest_ways()
    {
        var ways = Graph("core-dist1", "core-dist2", "dist1-access", "dist2-access", "access-ap", "ap-core2", "core2-access").WaysFrom("core", isAgent: false);

        Assert.That(Describe(ways), Is.EqualTo(new[] { "access<-dist1,dist2", "ap<-access", "core<-", "core2<-access", "dist1<-core", "dist2<-core" }));
    }

    [Test]
    public void Behind_the_agent_s_own_machine_the_first_host_has_no_parent()
    {
        Assert.That(Describe(Graph("agent-core", "core-sw1").WaysFrom("agent", isAgent: true)), Is.EqualTo(new[] { "agent<-", "core<-", "sw1<-core" }));
    }

    [Test]
    public void A_device_that_is_no_host_leads_on_and_is_nobody_s_parent()
    {
        Assert.That(Describe(Graph("core-?x", "?x-sw1", "?x-?y", "?y-sw2").WaysFrom("core", isAgent: false)), Is.EqualTo(new[] { "core<-", "sw1<-core", "sw2<-core" }));
    }

    [Test]
    public void What_no_link_leads_to_is_left_out()
    {
        Assert.That(Describe(Graph("core-sw1", "far1-far2").WaysFrom("core", isAgent: false)), Is.EqualTo(new[] { "core<-", "sw1<-core" }));
    }

    [Test]
    public void In_any_graph_parents_are_one_hop_nearer_without_circles_and_the_same_in_any_order_of_links()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            string[] links = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"h{random.Next(12)}-h{random.Next(12)}").Where(link => link.Split('-')[0] != link.Split('-')[1])];
            var ways = Graph(links).WaysFrom("h0", isAgent: false);
            random.Shuffle(links);

            Assert.That(Describe(Graph(links).WaysFrom("h0", isAgent: false)), Is.EqualTo(Describe(ways)));
            foreach (var (host, way) in ways.Where(way => way.Key != "h0"))
            {
                Assert.That(way.Parents, Is.Not.Empty.And.Ordered);
                Assert.That(way.Parents.Select(parent => ways[parent].Hops), Is.All.EqualTo(way.Hops - 1), host);
            }
        }
    }

    [Test]
    public void Agents_with_the_same_way_share_it_and_others_have_their_own()
    {
        var graph = Graph("west-a", "a-b", "b-east", "b-leaf");
        WatchedHost[] hosts = [new("leaf", ["west", "east"]), new("a", ["west", "east"]), new("b", ["west", "east"]), new("stray", ["west"]), new("lone", ["north"])];

        var parents = ParentFinder.Find(graph, hosts, new Dictionary<string, string>());

        Assert.That(Offered(parents, "leaf"), Is.EqualTo("b"));
        Assert.That(Offered(parents, "a"), Is.EqualTo("b@east"));
        Assert.That(Offered(parents, "b"), Is.EqualTo("a@west"));
        Assert.That(parents.For("stray"), Is.Null);
        Assert.That(parents.Roots.Select(root => $"{root.Agent} {root.Root} {root.Reached}/{root.Watched}"), Is.EqualTo(new[] { "east east 3/3", "north  0/1", "west west 3/4" }));
    }

    [Test]
    public void An_agent_without_a_link_begins_where_the_configuration_says()
    {
        var parents = ParentFinder.Find(Graph("core-sw1"), [new("sw1", ["a1"]), new("core", ["a1"])], new Dictionary<string, string> { ["a1"] = "core" });

        Assert.That((Offered(parents, "sw1"), Offered(parents, "core")), Is.EqualTo(("core", "")));
    }

    private static string? Offered(ParentFinder parents, string host) =>
        parents.For(host) is { } found ? string.Join(',', found.Select(one => one.Agent.Length > 0 ? $"{one.Parent}@{one.Agent}" : one.Parent)) : null;

    private static IEnumerable<string> Describe(IReadOnlyDictionary<string, HostWay> ways) =>
        [.. ways.OrderBy(way => way.Key, StringComparer.Ordinal).Select(way => $"{way.Key}<-{string.Join(',', way.Value.Parents)}")];

    /// <summary>Of links <c>a-b</c>; a question mark stands before what is no known host.</summary>
    private static HostGraph Graph(params string[] links) => new(links.Select(link => link.Split('-')).Select(ends => new Link(End(ends[0]), End(ends[1]), ["lldp"], true, SomeDevice.Monday)));

    private static LinkEnd End(string host) => new(host, "", !host.StartsWith('?'));
}
