using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests;

public class DeletionTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task A_range_is_deleted_from_memory_parts_and_chunks_and_nothing_else_is()
    {
        await _stage.WriteAsync(Rows(-20_000, -10_000));
        _stage.Store.Compact();
        await _stage.WriteAsync(Rows(-10_000, 0));

        _stage.Store.Delete(All(), Start - 15_500_000_000_000, Start - 1_500_000_000_000, drop: false);

        var expected = Enumerable.Range(0, 20).Select(i => -20_000 + (i * 1000)).Where(at => at < -15_500 || at >= -1_500).Select(at => $"{at} f={at}");
        Assert.That(_stage.Read("m"), Is.EqualTo(expected));
    }

    [Test]
    public async Task What_is_deleted_does_not_come_back_after_a_restart()
    {
        await _stage.WriteAsync(Rows(-5_000, 0));
        _stage.Store.Register("somebody who keeps the log");
        await _stage.WriteAsync(At(-10, "f=7"));

        _stage.Store.Delete(All(), long.MinValue, Start - 100_000_000_000, drop: false);
        await _stage.ReopenAsync();

        Assert.That(_stage.Read("m"), Is.EqualTo(["-10 f=7"]));
    }

    [Test]
    public async Task Roll_ups_of_deleted_hours_go_and_of_cut_hours_are_made_anew()
    {
        await _stage.WriteAsync(At(-18_000, "f=1") + At(-14_400, "f=2") + At(-14_000, "f=4"));
        _stage.Store.Compact();

        _stage.Store.Delete(All(), long.MinValue, Start - 14_300_000_000_000, drop: false);

        using var reader = _stage.Store.OpenReader();
        var rollups = reader.Rollups(All()[0], 0, long.MinValue, Start);
        Assert.That(rollups.Select(rollup => (rollup.Count, rollup.Sum)), Is.EqualTo([(1L, 4.0)]));
    }

    [Test]
    public async Task A_dropped_series_is_told_to_nobody_until_points_come_for_it_again()
    {
        await _stage.WriteAsync(At(-10, "f=1", "m,host=a") + At(-10, "f=1", "m,host=b") + At(-10, "g=1", "n,host=c"));

        _stage.Store.Delete(_stage.Store.Index.Find("m", TagMatcher.Equal("host", "a")), long.MinValue, long.MaxValue, drop: true);
        _stage.Store.Delete(_stage.Store.Index.Find("n"), long.MinValue, long.MaxValue, drop: true);

        Assert.That(Known(), Is.EqualTo("m: b"));
        await _stage.ReopenAsync();
        Assert.That(Known(), Is.EqualTo("m: b"));
        await _stage.WriteAsync(At(-5, "f=2", "m,host=a"));
        Assert.That(Known(), Is.EqualTo("m: a b"));
        await _stage.ReopenAsync();
        Assert.That(Known(), Is.EqualTo("m: a b"));
        Assert.That(_stage.Read("m", TagMatcher.Equal("host", "a")), Is.EqualTo(["-5 f=2"]));
    }

    private static string Rows(int from, int to) => string.Concat(Enumerable.Range(0, (to - from) / 1000).Select(i => At(from + (i * 1000), $"f={from + (i * 1000)}")));

    private IReadOnlyList<Series> All() => _stage.Store.Index.Find("m");

    private string Known() => string.Join("; ", _stage.Store.Index.Measurements.Select(name => $"{name}: {string.Join(' ', _stage.Store.Index.TagValues(name, "host"))}"));
}
