using System.Text;
using NocMonitor.TimeSeries.Index;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Index;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SeriesTableTests
{
    private readonly KeyedSeries _keyed = new();
    private readonly SeriesTable _table;

    public SeriesTableTests() => _table = new SeriesTable(_keyed.Keys);

    [Test]
    public void Keys_of_one_hash_stay_two_series()
    {
        var (left, right) = (_keyed.Add("cpu,host=a"), _keyed.Add("cpu,host=b"));
        _table.Add(42, left);
        _table.Add(42, right);

        Assert.That(_table.Find(42, "cpu,host=a"u8), Is.SameAs(left));
        Assert.That(_table.Find(42, "cpu,host=b"u8), Is.SameAs(right));
        Assert.That(_table.Find(42, "cpu,host=c"u8), Is.Null);
        Assert.That(_table.FindSorted(42, "cpu,host=b"u8), Is.SameAs(right));
    }

    [Test]
    public void Every_key_is_found_while_the_table_grows_and_hashes_are_as_bad_as_can_be()
    {
        var all = Enumerable.Range(0, 5000).Select(id => (Hash: (ulong)(id % 100) << 32, Key: Encoding.UTF8.GetBytes($"m,id={id}"), Series: _keyed.Add($"m,id={id}"))).ToList();

        all.ForEach(each => _table.Add(each.Hash, each.Series));

        Assert.That(all.Select(each => _table.Find(each.Hash, each.Key)), Is.EqualTo(all.Select(each => each.Series)));
    }

    [Test]
    public void A_key_is_found_whatever_was_found_before_it()
    {
        var all = Numbered(2000);
        all.ForEach(each => Add(each.Series, each.Key));
        var random = new Random(5);
        var last = -1;

        for (var round = 0; round < 3; round++)
        {
            foreach (var (key, series) in round < 2 ? all : [.. all.OrderBy(_ => random.Next())])
            {
                Assert.That(_table.FindNext(key, key.Length, ref last), Is.SameAs(series));
                Assert.That(_table.FindNext("m,id=none f=1"u8, "m,id=none".Length, ref last), Is.Null);
            }
        }
    }

    [Test]
    public void A_series_is_found_by_its_sorted_key_and_by_the_orders_it_was_sent_in_alone()
    {
        var series = _keyed.Add("m,a=1,b=2,c=3", sent: "m,c=3,a=1,b=2");
        Add(series, "m,c=3,a=1,b=2"u8);
        _table.Add(KeyPieces.Hash("m,b=2,c=3,a=1"u8), _keyed.Keys.Spell("m,b=2,c=3,a=1"u8, series)!.Value, series);

        Assert.That(_table.FindSorted(KeyPieces.Hash("m,a=1,b=2,c=3"u8), "m,a=1,b=2,c=3"u8), Is.SameAs(series));
        Assert.That(Find("m,c=3,a=1,b=2"), Is.SameAs(series));
        Assert.That(Find("m,b=2,c=3,a=1"), Is.SameAs(series));
        Assert.That(Find("m,a=1,b=2,c=3"), Is.Null);
    }

    [Test]
    public async Task Threads_that_ask_in_different_orders_while_keys_are_added_all_find_theirs()
    {
        var all = Numbered(20_000);
        var added = 0;
        var readers = Enumerable.Range(1, 3).Select(step => Task.Run(() =>
        {
            var (last, wrong) = (-1, 0);
            for (var i = 0; Volatile.Read(ref added) < all.Count; i += step)
            {
                var known = Volatile.Read(ref added);
                var (key, series) = all[known == 0 ? 0 : i % known];
                wrong += known == 0 || ReferenceEquals(_table.FindNext(key, key.Length, ref last), series) ? 0 : 1;
            }

            return wrong;
        })).ToList();

        foreach (var (key, series) in all)
        {
            Add(series, key);
            Volatile.Write(ref added, added + 1);
        }

        Assert.That(await Task.WhenAll(readers), Is.All.Zero);
    }

    [Test]
    public void Keys_of_forgotten_series_are_found_no_more_and_all_others_are_while_the_table_shrinks()
    {
        var all = Numbered(9000);
        all.ForEach(each => Add(each.Series, each.Key));
        var last = -1;
        foreach (var some in all.Where(each => each.Series.Id % 4 != 0).Chunk(700))
        {
            _table.Remove([.. some.Select(each => _keyed.Forget(each.Series))], inAllSpellings: false);
            Assert.That(all.Select(each => _table.FindNext(each.Key, each.Key.Length, ref last)), Is.EqualTo(all.Select(each => each.Series.IsForgotten ? null : each.Series)));
        }

        var again = _keyed.Add("m,id=1");
        Add(again, "m,id=1"u8);

        Assert.That(Find("m,id=1"), Is.SameAs(again));
        Assert.That(_table.Count, Is.EqualTo((9000 / 4) + 1));
    }

    [Test]
    public void Other_spellings_of_a_forgotten_series_go_with_it()
    {
        var series = _keyed.Add("m,a=1,b=2");
        Add(series, "m,a=1,b=2"u8);
        foreach (var spelling in new[] { "m,b=2,a=1", "m,a=odd" })
        {
            var raw = Encoding.UTF8.GetBytes(spelling);
            _table.Add(KeyPieces.Hash(raw), _keyed.Keys.Spell(raw, series)!.Value, series);
            Assert.That(Find(spelling), Is.SameAs(series));
        }

        _table.Remove([_keyed.Forget(series)], inAllSpellings: true);

        Assert.That(Find("m,b=2,a=1"), Is.Null);
        Assert.That(Find("m,a=odd"), Is.Null);
    }

    private List<(byte[] Key, Series Series)> Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(id => (Encoding.UTF8.GetBytes($"m,id={id}"), _keyed.Add($"m,id={id}")))];

    private void Add(Series series, ReadOnlySpan<byte> key) => _table.Add(KeyPieces.Hash(key), series);

    private Series? Find(string key) => _table.Find(KeyPieces.Hash(Encoding.UTF8.GetBytes(key)), Encoding.UTF8.GetBytes(key));
}
