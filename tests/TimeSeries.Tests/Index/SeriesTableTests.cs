using System.Text;
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

    private static Series Some(int id) => new(id, new KeyArena().Add("m"u8), new FieldLayout(0, []), new Origin("test"), 0);
}
