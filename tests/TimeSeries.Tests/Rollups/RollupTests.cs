using System.Globalization;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Rollups;

public class RollupTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task An_hour_is_summed_up_in_decimal_and_in_the_kind_of_its_field()
    {
        await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 10).Select(i => At(i, $"f=0.1,n={i - 3}i,u={i}u,b={(i > 6 ? "true" : "false")},s=\"x\""))));
        _stage.Time.Advance(TimeSpan.FromHours(2));

        _stage.Store.Compact();

        Assert.That(
            new[] { "f", "n", "u", "b", "s" }.Select(Rollups),
            Is.EqualTo(["0h count 10 sum 1 min 0.1 max 0.1 last 0.1", "0h count 10 sum 15 min -3 max 6 last 6", "0h count 10 sum 45 min 0 max 9 last 9", "0h count 10 sum 3 min 0 max 1 last 1", ""]));
    }

    [Test]
    public async Task Hours_not_yet_sealed_are_summed_up_on_the_spot()
    {
        await _stage.WriteAsync(At(-3700, "f=1") + At(-3650, "f=2") + At(-10, "f=3") + At(10, "f=4"));

        Assert.That(Rollups("f"), Is.EqualTo("-2h count 2 sum 3 min 1 max 2 last 2, -1h count 1 sum 3 min 3 max 3 last 3, 0h count 1 sum 4 min 4 max 4 last 4"));
    }

    [Test]
    public async Task A_late_sample_brings_a_sealed_hour_up_to_date()
    {
        await _stage.WriteAsync(At(-3700, "f=1") + At(-7300, "f=9"));
        _stage.Store.Compact();
        await _stage.WriteAsync(At(-3690, "f=5") + At(-3700, "f=2"));

        _stage.Store.Compact();

        Assert.That(Rollups("f"), Is.EqualTo("-3h count 1 sum 9 min 9 max 9 last 9, -2h count 2 sum 7 min 2 max 5 last 5"));
    }

    [Test]
    public async Task Roll_ups_outlive_the_samples()
    {
        await _stage.WriteAsync(At(-3700, "f=1"));
        _stage.Store.Compact();
        _stage.Time.Advance(TimeSpan.FromDays(40));

        _stage.Store.Compact();
        await _stage.ReopenAsync();

        Assert.That(_stage.Read("m"), Is.Empty);
        Assert.That(Rollups("f"), Is.EqualTo("-2h count 1 sum 1 min 1 max 1 last 1"));
    }

    [Test]
    public async Task Only_hours_that_begin_in_the_range_are_given()
    {
        await _stage.WriteAsync(At(-3700, "f=1") + At(-100, "f=2") + At(100, "f=3"));
        _stage.Store.Compact();

        Assert.That(Rollups("f", Start - 3_600_000_000_000, Start), Is.EqualTo("-1h count 1 sum 2 min 2 max 2 last 2"));
        Assert.That(Rollups("f", Start - 3_599_000_000_000, Start + 1), Is.EqualTo("0h count 1 sum 3 min 3 max 3 last 3"));
        Assert.That(Rollups("f", Start, Start), Is.Empty);
    }

    private string Rollups(string field) => Rollups(field, long.MinValue, long.MaxValue);

    private string Rollups(string field, long from, long to)
    {
        using var reader = _stage.Store.OpenReader();
        var series = _stage.Store.Index.Find("m")[0];
        return string.Join(", ", reader.Rollups(series, series.FindField(field), from, to).Select(rollup => string.Create(
            CultureInfo.InvariantCulture,
            $"{(rollup.Time - Start) / 3_600_000_000_000}h count {rollup.Count} sum {rollup.Sum} min {rollup.Min} max {rollup.Max} last {rollup.Last}")));
    }
}
