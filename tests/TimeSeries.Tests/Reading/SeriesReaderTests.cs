using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Reading;

public class SeriesReaderTests
{
    private StoreStage _stage = null!;

    private Series Series => _stage.Store.Index.Find("m")[0];

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task A_range_begins_inclusive_and_ends_exclusive_over_memory_partials_and_chunks()
    {
        await _stage.WriteAsync(string.Concat(Enumerable.Range(-100, 60).Select(i => At(i * 100, $"f={i}"))));
        _stage.Store.Compact();
        await _stage.WriteAsync(string.Concat(Enumerable.Range(-40, 40).Select(i => At(i * 100, $"f={i}"))));

        var rows = Samples.Of(_stage.Store, Series, Start - 9_000_000_000_000, Start - 100_000_000_000);

        Assert.That(rows, Is.EqualTo(Enumerable.Range(-90, 89).Select(i => $"{i * 100} f={i}")));
        Assert.That(Samples.Of(_stage.Store, Series, Start, Start), Is.Empty);
    }

    [Test]
    public async Task Only_wanted_fields_come_and_the_rows_stay()
    {
        await _stage.WriteAsync(At(0, "a=1,b=2i,c=\"x\"") + At(1, "a=2"));
        using var reader = _stage.Store.OpenReader();

        reader.Seek(Series, long.MinValue, long.MaxValue, [Series.FindField("b")]);

        Assert.That(reader.Read(), Is.True);
        Assert.That((reader.Block.Count, reader.Block.Columns.Length), Is.EqualTo((2, 1)));
        Assert.That((reader.Block.Columns[0].IsPresent(0), reader.Block.Columns[0].IsPresent(1)), Is.EqualTo((true, false)));
        Assert.That(reader.Read(), Is.False);
    }

    [Test]
    public async Task The_last_value_is_found_wherever_it_lies()
    {
        await _stage.WriteAsync(At(-20_000, "a=1,b=1") + At(-5000, "a=2"));
        _stage.Store.Compact();
        await _stage.WriteAsync(At(-10, "a=3") + At(-6000, "a=9"));

        Assert.That(Last("a", long.MinValue), Is.EqualTo("-10 3"));
        Assert.That(Last("b", long.MinValue), Is.EqualTo("-20000 1"));
        Assert.That(Last("b", Start - 19_000_000_000_000), Is.EqualTo("none"));
        await _stage.ReopenAsync();
        Assert.That(Last("a", long.MinValue), Is.EqualTo("-10 3"));
        Assert.That(Last("b", long.MinValue), Is.EqualTo("-20000 1"));
    }

    [TestCase(false, TestName = "A_reader_sees_every_acknowledged_point_and_no_gap_while_points_come_and_move")]
    [TestCase(true, TestName = "A_reader_that_keeps_its_view_sees_every_acknowledged_point_and_no_gap_while_points_come_and_move")]
    public async Task Readers_see_every_acknowledged_point(bool keepsView)
    {
        await _stage.WriteAsync(At(-20_000, "f=0"));
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var compacting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _stage.Store.Compact();
            }
        });
        var reading = Task.Run(() => ReadUntil(() => Volatile.Read(ref acknowledged), keepsView, stop.Token));

        for (var i = 1; i <= 150; i++)
        {
            await _stage.WriteAsync(At(-20_000 + (i * 100), $"f={i}"));
            Volatile.Write(ref acknowledged, i);
        }

        await stop.CancelAsync();
        await compacting;
        Assert.That(await reading, Is.GreaterThan(0));
    }

    private int ReadUntil(Func<int> acknowledged, bool keepsView, CancellationToken token)
    {
        using var reader = _stage.Store.OpenReader();
        reader.KeepsView = keepsView;
        var reads = 0;
        for (; !token.IsCancellationRequested; reads++)
        {
            var atLeast = acknowledged();
            var rows = Samples.Of(reader, Series);
            Assert.That(rows, Has.Count.GreaterThan(atLeast));
            Assert.That(rows, Is.EqualTo(Enumerable.Range(0, rows.Count).Select(i => $"{-20_000 + (i * 100)} f={i}")));
        }

        return reads;
    }

    [Test]
    public async Task The_newest_row_comes_from_memory_only_when_nothing_newer_is_on_disk()
    {
        using var reader = _stage.Store.OpenReader();
        await _stage.WriteAsync(At(-100, "a=1"));
        Assert.That(Newest(), Is.EqualTo(-100));

        _stage.Store.Compact();
        await _stage.WriteAsync(At(-200, "a=2"));
        Assert.That(Newest(), Is.Null, "a late row is not the newest");

        await _stage.WriteAsync(At(-50, "a=3"));
        Assert.That(Newest(), Is.EqualTo(-50));

        await _stage.WriteAsync(At(-60, "a=4"));
        Assert.That(Newest(), Is.Null, "rows that are not in order are looked through");
        Assert.That(Last("a", long.MinValue), Is.EqualTo("-50 3"));

        long? Newest() => reader.Newest(Series, long.MinValue, long.MaxValue, [0]) is { } block ? (block.Times[0] - Start) / 1_000_000_000 : null;
    }

    private string Last(string field, long from)
    {
        using var reader = _stage.Store.OpenReader();
        return reader.TryLast(Series, Series.FindField(field), from, out var time, out var value) ? $"{(time - Start) / 1_000_000_000} {value}" : "none";
    }
}
