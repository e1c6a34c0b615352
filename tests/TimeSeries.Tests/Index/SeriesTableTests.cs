using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

public class SeriesTableTests
{
    [Test]
    public void Keys_of_one_hash_stay_two_series()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var (left, right) = (Some(0), Some(1));
        table.Add(42, keys.Add("cpu,host=a"u8), left);
        table.Add(42, keys.Add("cpu,host=b"u8), right);

        Assert.That(table.Find(42, "cpu,host=a"u8), Is.SameAs(left));
        Assert.That(table.Find(42, "cpu,host=b"u8), Is.SameAs(right));
        Assert.That(table.Find(42, "cpu,host=c"u8), Is.Null);
    }

    [Test]
    public void Every_key_is_found_while_the_table_grows_and_hashes_are_as_bad_as_can_be()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var all = Enumerable.Range(0, 5000).Select(id => (Hash: (ulong)(id % 100), Key: Encoding.UTF8.GetBytes($"m,id={id}"), Series: Some(id))).ToList();

        foreach (var (hash, key, series) in all)
        {
            table.Add(hash, keys.Add(key), series);
        }

        Assert.That(all.Select(each => table.Find(each.Hash, each.Key)), Is.EqualTo(all.Select(each => each.Series)));
    }

    [Test]
    public void A_key_is_found_whatever_was_found_before_it()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var all = Enumerable.Range(0, 2000).Select(id => (Key: Encoding.UTF8.GetBytes($"m,id={id}"), Series: Some(id))).ToList();
        all.ForEach(each => table.Add(KeyHash.Of(each.Key), keys.Add(each.Key), each.Series));
        var random = new Random(5);
        var last = -1;

        for (var round = 0; round < 3; round++)
        {
            foreach (var (key, series) in round < 2 ? all : [.. all.OrderBy(_ => random.Next())])
            {
                Assert.That(table.FindNext(key, ref last), Is.SameAs(series));
                Assert.That(table.FindNext("m,id=none"u8, ref last), Is.Null);
            }
        }
    }

    [Test]
    public async Task Threads_that_ask_in_different_orders_while_keys_are_added_all_find_theirs()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var all = Enumerable.Range(0, 20_000).Select(id => (Key: Encoding.UTF8.GetBytes($"m,id={id}"), Series: Some(id))).ToList();
        var added = 0;
        var readers = Enumerable.Range(1, 3).Select(step => Task.Run(() =>
        {
            var (last, wrong) = (-1, 0);
            for (var i = 0; Volatile.Read(ref added) < all.Count; i += step)
            {
                var known = Volatile.Read(ref added);
                var (key, series) = all[known == 0 ? 0 : i % known];
                wrong += known == 0 || ReferenceEquals(table.FindNext(key, ref last), series) ? 0 : 1;
            }

            return wrong;
        })).ToList();

        foreach (var (key, series) in all)
        {
            table.Add(KeyHash.Of(key), keys.Add(key), series);
            Volatile.Write(ref added, added + 1);
        }

        Assert.That(await Task.WhenAll(readers), Is.All.Zero);
    }

    [Test]
    public void Keys_of_forgotten_series_are_found_no_more_and_all_others_are_while_the_table_shrinks()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var all = Enumerable.Range(0, 9000).Select(id => Keyed(id, keys.Add(Encoding.UTF8.GetBytes($"m,id={id}")))).ToList();
        all.ForEach(series => table.Add(KeyHash.Of(series.LineKey), keys.Add(series.LineKey), series));
        var last = -1;
        foreach (var some in all.Where(series => series.Id % 4 != 0).Chunk(700))
        {
            Array.ForEach(some, series => series.MarkForgotten());
            table.Remove(some, inAllSpellings: false);
            Assert.That(all.Select(series => table.FindNext(series.LineKey, ref last)), Is.EqualTo(all.Select(series => series.IsForgotten ? null : series)));
        }

        var again = Keyed(10_000, keys.Add("m,id=1"u8));
        table.Add(KeyHash.Of("m,id=1"u8), keys.Add("m,id=1"u8), again);

        Assert.That(table.Find(KeyHash.Of("m,id=1"u8), "m,id=1"u8), Is.SameAs(again));
        Assert.That(table.Count, Is.EqualTo((9000 / 4) + 1));
    }

    [Test]
    public void Other_spellings_of_a_forgotten_series_go_with_it()
    {
        var table = new SeriesTable();
        var keys = new KeyArena();
        var series = Keyed(0, keys.Add("m,a=1,b=2"u8));
        table.Add(KeyHash.Of(series.LineKey), keys.Add(series.LineKey), series);
        table.Add(KeyHash.Of("m,b=2,a=1"u8), keys.Add("m,b=2,a=1"u8), series);

        series.MarkForgotten();
        table.Remove([series], inAllSpellings: true);

        Assert.That(table.Find(KeyHash.Of("m,b=2,a=1"u8), "m,b=2,a=1"u8), Is.Null);
    }

    private static Series Keyed(int id, KeyBytes key) => new(id, key, new FieldLayout(0, []), new Origin("test"), 0);

    private static Series Some(int id) => new(id, new KeyArena().Add("m"u8), new FieldLayout(0, []), new Origin("test"), 0);
}
