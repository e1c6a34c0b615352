using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TagIndexTests
{
    private readonly TagIndex _index = new();

    [SetUp]
    public void AddValues()
    {
        _index.Add("b", 1);
        _index.Add("a", 2);
    }

    [Test]
    public void Values_are_sorted_once_though_memory_is_collected_between_two_questions()
    {
        var first = _index.Sorted();
        GC.Collect();

        Assert.That(_index.Sorted(), Is.SameAs(first));
        Assert.That(first, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_value_that_comes_or_goes_is_seen()
    {
        _index.Sorted();
        _index.Add("0", 3);
        var more = _index.Sorted();
        _index.Remove("a", [2], new StringPool());

        Assert.That(more, Is.EqualTo(new[] { "0", "a", "b" }));
        Assert.That(_index.Sorted(), Is.EqualTo(new[] { "0", "b" }));
    }
}
