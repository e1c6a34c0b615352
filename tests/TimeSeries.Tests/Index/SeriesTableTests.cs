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

    private static Series Some(int id) => new(id, new KeyArena().Add("m"u8), new FieldLayout(0, []), new Origin("test"), 0);
}
