using System.Text;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class KeyPartsTests
{
    private readonly KeyParts _parts = new();

    [Test]
    public void A_part_has_one_number_until_nobody_uses_it()
    {
        var first = Use("host=a");
        var again = Use("host=a");

        _parts.Release(first);
        var used = Find("host=a");
        _parts.Release(again);

        Assert.That((again, used, Find("host=a"), _parts.Count), Is.EqualTo((first, first, -1, 0)));
    }

    [Test]
    public void A_number_rests_before_it_gets_another_meaning()
    {
        var old = Use("host=a");
        Assert.That(_parts.Value(old, keepsRare: true), Is.EqualTo("a"));
        _parts.Release(old);
        var next = Use("host=b");
        Assert.That((next == old, Encoding.UTF8.GetString(_parts.Text(old))), Is.EqualTo((false, ",host=a")));

        _parts.Recycle();
        Assert.That(Use("host=d"), Is.Not.EqualTo(old));
        _parts.Recycle();
        var later = Use("host=c");

        Assert.That((later, _parts.Value(later, keepsRare: false)), Is.EqualTo((old, "c")));
    }

    [Test]
    public void Parts_that_come_and_go_for_long_take_no_more_numbers_than_lived_at_once()
    {
        var live = new Queue<(int Number, string Text)>();
        for (var i = 0; i < 100_000; i++)
        {
            live.Enqueue((Use($"container={i}"), $"{i}"));
            if (live.Count > 500)
            {
                _parts.Release(live.Dequeue().Number);
            }

            if (i % 100 == 0)
            {
                _parts.Recycle();
            }
        }

        Assert.That(live.Max(part => part.Number), Is.LessThan(1000));
        Assert.That(live.Select(part => _parts.Value(part.Number, keepsRare: part.Number % 2 == 0)), Is.EqualTo(live.Select(part => part.Text)));
        Assert.That(live.Select(part => Find($"container={part.Text}")), Is.EqualTo(live.Select(part => part.Number)));
    }

    [Test]
    public void Texts_that_are_shared_or_asked_for_by_a_query_are_made_once()
    {
        var (rare, shared) = (Use("host=a"), Use("site=x"));
        Use("site=x");

        Assert.That(_parts.Value(shared, keepsRare: false), Is.SameAs(_parts.Value(shared, keepsRare: false)));
        Assert.That(_parts.Value(rare, keepsRare: false), Is.Not.SameAs(_parts.Value(rare, keepsRare: false)));
        Assert.That(_parts.Value(rare, keepsRare: true), Is.SameAs(_parts.Value(rare, keepsRare: false)));
    }

    private int Use(string tag) => _parts.Use(Encoding.UTF8.GetBytes($",{tag}"));

    private int Find(string tag) => _parts.Find(Encoding.UTF8.GetBytes($",{tag}"));
}
