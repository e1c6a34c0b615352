using System.Globalization;
using System.Text;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Show;

public class ShowExecutorTests
{
    private const int Hosts = 1500;

    private QueryStage _stage = null!;

    [SetUp]
    public async Task WriteAsync()
    {
        _stage = new QueryStage();
        var lines = new StringBuilder();
        for (var host = 0; host < Hosts; host++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"m,host=h{host:D4},region={(host % 100 == 0 ? "few" : "ma\\ ny")},rack=r{host % 3} v=1 1000000000\n");
        }

        await _stage.WriteAsync(lines.ToString());
    }

    [TearDown]
    public async Task CloseAsync() => await _stage.DisposeAsync();

    [TestCase("region = 'few'", 15)]
    [TestCase("region = 'ma ny'", Hosts - 15)]
    [TestCase("region = 'ma ny' and rack = 'r1'", 495)]
    [TestCase("region != 'nosuch'", Hosts)]
    [TestCase("region = 'nosuch'", 0)]
    [TestCase("host = 'h0007' or host = 'h0003' or host = 'h0007' or host = 'nosuch'", 2)]
    [TestCase("(host = 'h0007' or (host = 'h0003' or 'h0100' = host)) and region = 'few'", 1)]
    [TestCase("host = 'h0007' or host =~ /^h000[1-3]$/ or host = 'h0001'", 4)]
    [TestCase("host = 'h0007' or host != 'h0003'", Hosts - 1)]
    [TestCase("host = 'h0007' or region = 'few'", 16)]
    [TestCase("nosuch = '' or nosuch = 'x'", Hosts)]
    [TestCase("nosuch = 'y' or nosuch = 'x'", 0)]
    public void A_condition_gives_the_values_of_its_series_each_once_in_order(string condition, int expected)
    {
        var values = Values($"show tag values from m with key = host where {condition}");

        Assert.That(values, Has.Count.EqualTo(expected).And.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }

    [TestCase("region = 'few'", "r0 r1 r2 few")]
    [TestCase("region = 'ma ny'", "r0 r1 r2 ma ny")]
    public void Values_of_several_keys_come_key_by_key(string condition, string expected) =>
        Assert.That(string.Join(' ', Values($"show tag values from m with key in (region, rack) where {condition}")), Is.EqualTo(expected));

    [Test]
    public void The_answer_is_the_same_whether_the_order_of_all_values_is_known_or_not([Values("region = 'few'", "region = 'ma ny' and rack = 'r1'", "rack != 'r0'", "host = 'h0042'")] string condition)
    {
        var before = Values($"show tag values from m with key in (host, rack) where {condition}");
        Values("show tag values from m with key = host");

        Assert.That(Values($"show tag values from m with key in (host, rack) where {condition}"), Has.Count.GreaterThan(1).And.EqualTo(before));
    }

    [Test]
    public async Task Values_that_come_after_the_list_was_made_and_series_that_were_dropped_are_seen()
    {
        Values("show tag values from m with key = host");
        await _stage.WriteAsync("m,host=g0,region=ma\\ ny,rack=r1 v=1 1000000000\nm,host=h0001,region=other,rack=r1 v=1 1000000000\n");
        _stage.Run("drop series from m where host = 'h0002'", CancellationToken.None);

        var values = Values("show tag values from m with key = host where region = 'ma ny'");

        Assert.That(values, Has.Count.EqualTo(Hosts - 15).And.Contains("g0").And.Contains("h0001").And.No.Contains("h0002"));
        Assert.That(values, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }

    [TestCase("limit 2", "host=h0000 host=h0001")]
    [TestCase("limit 2 offset 1499", "host=h1499 rack=r0")]
    [TestCase("offset 1501", "rack=r1 rack=r2")]
    [TestCase("limit 5 offset 2000", "")]
    public void A_page_goes_over_the_keys_in_order(string page, string expected)
    {
        var rows = _stage.Run($"show tag values from m with key in (host, rack) {page}", CancellationToken.None)
            .SelectMany(series => Enumerable.Range(0, series.RowCount).Select(row => $"{series.Values[0][row].Text}={series.Values[1][row].Text}"));

        Assert.That(string.Join(' ', rows), Is.EqualTo(expected));
    }

    [Test]
    public void An_answer_of_one_key_copies_no_values()
    {
        Values("show tag values from m with key = host");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var answer = _stage.Run("show tag values from m with key = host", CancellationToken.None)[0];
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Two lists would be 16 bytes a row and as much again while they grow; the sorted values are held weakly and may have to be made again, 8 bytes a row.
        Assert.That(answer.RowCount, Is.EqualTo(Hosts));
        Assert.That(allocated, Is.LessThan(16 * Hosts));
    }

    private List<string> Values(string query) =>
        [.. _stage.Run(query, CancellationToken.None).SelectMany(series => Enumerable.Range(0, series.RowCount).Select(row => series.Values[1][row].Text))];
}
