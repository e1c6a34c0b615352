using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Query;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Query;

public class RehearsedQueriesTests
{
    [TestCase(3000, "m,host=h{0},region=r{1} v=1", "WITH KEY = \"region\"", TestName = "In a large store the values of a tag are listed that many series share")]
    [TestCase(10, "m,host=h{0} v=1", "WITH KEY = \"host\"", TestName = "In a small store those of any tag are listed")]
    [TestCase(3000, "m,host=h{0} v=1", null, TestName = "In a large store with no such tag nothing is listed")]
    public async Task The_list_of_a_tag_s_values_is_rehearsed_where_it_is_short(int series, string line, string? expected)
    {
        using var folder = new TemporaryFolder();
        await using var store = TimeSeriesStore.Open(new StoreOptions { Folder = folder.Path, MinimumFreeBytes = 0 }, TimeProvider.System, NullLogger.Instance);
        await WriteAsync(store, string.Join('\n', Enumerable.Range(0, series).Select(each => string.Format(CultureInfo.InvariantCulture, line, each, each / 1000))));

        var lists = new RehearsedQueries(store, TimeProvider.System).Paths().Select(Uri.UnescapeDataString)
            .Where(path => path.Contains("SHOW TAG VALUES", StringComparison.Ordinal) && !path.Contains("WHERE", StringComparison.Ordinal)).ToArray();

        Assert.That(lists, expected is null ? Is.Empty : Has.Length.EqualTo(1).And.All.EndsWith(expected));
    }

    [Test]
    public async Task An_empty_store_is_asked_for_what_needs_no_series()
    {
        using var folder = new TemporaryFolder();
        await using var store = TimeSeriesStore.Open(new StoreOptions { Folder = folder.Path, MinimumFreeBytes = 0 }, TimeProvider.System, NullLogger.Instance);

        var paths = new RehearsedQueries(store, TimeProvider.System).Paths().Select(Uri.UnescapeDataString).ToArray();

        Assert.That(paths, Has.Some.Contains("SHOW DATABASES").And.None.Contains("SELECT"));
    }

    private static async Task WriteAsync(TimeSeriesStore store, string lines)
    {
        using var batch = store.RentBatch("test");
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(lines));
        while (reader.Read())
        {
            Assert.That(batch.TryAdd(ref reader, UnixNanoseconds.From(TimeProvider.System.GetUtcNow()), out var reject), Is.True, () => reject);
        }

        await store.CommitAsync(batch, CancellationToken.None);
    }
}
