using System.Text;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TagIndexTests
{
    private readonly KeyParts _parts = new();
    private readonly TagIndex _index;

    public TagIndexTests() => _index = new TagIndex(_parts);

    [SetUp]
    public void AddValues()
    {
        _index.Add(Value("b"), 1);
        _index.Add(Value("a"), 2);
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
        _index.Add(Value("0"), 3);
        var more = _index.Sorted();
        _index.Remove(Value("a"), [2]);

        Assert.That(more, Is.EqualTo(new[] { "0", "a", "b" }));
        Assert.That(_index.Sorted(), Is.EqualTo(new[] { "0", "b" }));
    }

    [Test]
    public void Series_of_values_that_come_and_go_for_long_are_those_of_a_plain_dictionary()
    {
        var expected = new SortedDictionary<int, SortedSet<int>> { [Value("b")] = [1], [Value("a")] = [2] };
        var random = new Random(8);
        for (var series = 3; series < 6000; series++)
        {
            var value = Value(random.Next(4) == 0 ? $"shared{random.Next(40)}" : $"own{series}");
            _index.Add(value, series);
            expected.TryAdd(value, []);
            expected[value].Add(series);
            if (expected.Count > 200)
            {
                var victim = expected.ElementAt(random.Next(expected.Count));
                int[] gone = [.. victim.Value.Where(_ => random.Next(3) > 0)];
                _index.Remove(victim.Key, gone);
                victim.Value.ExceptWith(gone);
                if (victim.Value.Count == 0)
                {
                    expected.Remove(victim.Key);
                }
            }
        }

        Assert.That(_index.Values().Order(), Is.EqualTo(expected.Keys));
        Assert.That(expected.Keys.Select(Series), Is.EqualTo(expected.Values.Select(ids => string.Join(' ', ids))));
        Assert.That(Series(Value("never added")), Is.Empty);
    }

    [Test]
    public void Some_values_come_in_order_by_any_of_their_series_whether_few_or_most_are_wanted()
    {
        var random = new Random(3);
        var series = Enumerable.Range(10, 4000).Select(id => (id, text: random.Next(3) == 0 ? $"shared{random.Next(50)}" : $"own{id}")).ToList();
        series.ForEach(one => _index.Add(Value(one.text), one.id));
        foreach (var share in new[] { 100, 10, 3, 2, 1, 100, 10, 3 })
        {
            var wanted = series.Where(one => one.id % share == 0).ToList();

            var values = _index.Sorted(IdBits.Of(wanted.ConvertAll(one => one.id)));

            Assert.That(values, Is.EqualTo(wanted.Select(one => one.text).Distinct().Order(StringComparer.Ordinal)), $"one of {share}");
            Assert.That(Enumerable.Range(0, values.Count).Select(place => values[place]), Is.EqualTo(values));
        }
    }

    private int Value(string text) => _parts.Use(Encoding.UTF8.GetBytes($",k={text}"));

    private string Series(int value)
    {
        var ids = new List<int>();
        _index.CopyTo(value, ids);
        return string.Join(' ', ids);
    }
}
