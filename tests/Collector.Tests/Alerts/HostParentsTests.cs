using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Alerts;

public class HostParentsTests
{
    [Test]
    public void An_agent_s_own_way_stands_in_place_of_the_common_one()
    {
        var parents = Of(new("leaf", "", "b"), new("leaf", "", "a"), new("leaf", "a2", "c"), new("other", "", "a"));

        Assert.That(parents.Of("leaf", "a1"), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(parents.Of("leaf", "a2"), Is.EqualTo(new[] { "c" }));
        Assert.That(parents.Of("other", "a2"), Is.EqualTo(new[] { "a" }));
        Assert.That(parents.Of("stranger", "a1"), Is.Empty);
    }

    [Test]
    public void A_circle_explains_nothing_and_what_hangs_on_it_still_does()
    {
        var parents = Of(new("a", "", "b"), new("b", "", "c"), new("c", "", "a"), new("leaf", "", "a"), new("a", "", "root"), new("self", "", "self"));

        Assert.That(new[] { "a", "b", "c", "leaf", "self" }.Select(host => string.Join(',', parents.Of(host, "x"))), Is.EqualTo(new[] { "root", "", "", "a", "" }));
    }

    [Test]
    public void Agents_at_both_ends_of_a_line_see_it_from_both_sides_and_that_is_no_circle()
    {
        var parents = Of(new("b", "west", "a"), new("a", "east", "b"));

        Assert.That((parents.Of("b", "west").Single(), parents.Of("a", "east").Single()), Is.EqualTo(("a", "b")));
    }

    [Test]
    public void Any_dependencies_end_without_a_circle()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var parents = Of([.. Enumerable.Range(0, random.Next(30)).Select(_ => new HostDependency($"h{random.Next(8)}", random.Next(3) == 0 ? "a1" : "", $"h{random.Next(8)}"))]);

            foreach (var host in Enumerable.Range(0, 8).Select(number => $"h{number}"))
            {
                Assert.That(Ancestors(parents, host, "a1", 0), Does.Not.Contain(host));
            }
        }
    }

    private static HostParents Of(params HostDependency[] dependencies)
    {
        var parents = new HostParents();
        parents.Replace(dependencies);
        return parents;
    }

    private static HashSet<string> Ancestors(HostParents parents, string host, string agent, int depth)
    {
        Assert.That(depth, Is.LessThan(9));
        return [.. parents.Of(host, agent).SelectMany(parent => Ancestors(parents, parent, agent, depth + 1).Append(parent))];
    }
}
