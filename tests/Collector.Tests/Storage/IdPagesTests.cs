using NocMonitor.Collector.Storage;

namespace NocMonitor.Collector.Tests.Storage;

public class IdPagesTests
{
    private IdPages<string> _pages = null!;

    [SetUp]
    public void Begin() => _pages = new IdPages<string>();

    [TestCase(0)]
    [TestCase(1023)]
    [TestCase(1024)]
    [TestCase(16_777_215)]
    public void What_is_put_at_a_number_is_found_there_and_nowhere_else(int id)
    {
        _pages[id] = "one";

        Assert.That(_pages[id], Is.EqualTo("one"));
        Assert.That(_pages[id + 1], Is.Null);
        Assert.That(_pages[Math.Max(0, id - 1)], id == 0 ? Is.EqualTo("one") : Is.Null);
    }

    [Test]
    public void A_later_page_keeps_what_was_in_earlier_ones()
    {
        for (var id = 0; id < 10_000; id += 7)
        {
            _pages[id] = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.That(Enumerable.Range(0, 10_000).Where(id => _pages[id] is not null), Is.EqualTo(Enumerable.Range(0, 1429).Select(each => each * 7)));
        Assert.That(_pages[9_996], Is.EqualTo("9996"));
    }

    [Test]
    public void Clearing_takes_one_and_removing_takes_all_that_are_the_same()
    {
        var (shared, own) = ("shared", "own");
        (_pages[3], _pages[5000], _pages[4], _pages[6]) = (shared, shared, own, own);

        _pages.Clear(4);
        _pages.Clear(100_000);
        _pages.Remove(shared);

        Assert.That((_pages[3], _pages[5000], _pages[4], _pages[6]), Is.EqualTo(((string?)null, (string?)null, (string?)null, own)));
    }
}
