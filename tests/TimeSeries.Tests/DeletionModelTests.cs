using System.Globalization;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests;

/// <summary>Random deletions against a plain dictionary: what is sealed and packed over several rows, what is in parts and what is in memory.</summary>
public class DeletionModelTests
{
    private const int SeriesCount = 24;
    private const int Hours = 30;

    /// <summary>Later hours are not sealed yet.</summary>
    private const int Sealed = -2 * 3600;

    private readonly SortedDictionary<(int Series, int Second), double> _model = [];
    private readonly Random _random = new(20260105);
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Whatever_is_deleted_all_else_stays_with_its_roll_ups()
    {
        await WriteAsync(seconds: 30);
        _stage.Store.Compact();
        for (var round = 0; round < 25; round++)
        {
            await DeleteAsync(round);

            Assert.That(Stored(), Is.EqualTo(Expected()), $"round {round}");
            _stage.Store.Compact();
            Assert.That(RolledUp(), Is.EqualTo(_model.Count), $"round {round}");
        }
    }

    /// <summary>Some series of a random range, now and then with points behind in memory, and every fifth time a restart after it.</summary>
    private async Task DeleteAsync(int round)
    {
        var share = _random.Next(1, 5);
        var some = Enumerable.Range(0, SeriesCount).Where(_ => _random.Next(share) == 0).ToHashSet();
        var from = -_random.Next(Hours * 3600);
        var to = from + _random.Next(1, 6 * 3600);
        if (round % 3 == 0)
        {
            await WriteAsync(seconds: 7200);
        }

        var series = _stage.Store.Index.Find("m").Where(one => some.Contains(Number(one))).ToList();
        _stage.Store.Delete(series, At(from), At(to), drop: false);
        _model.Keys.Where(key => some.Contains(key.Series) && key.Second >= from && key.Second < to).ToList().ForEach(key => _model.Remove(key));
        if (round % 5 == 4)
        {
            await _stage.ReopenAsync();
        }
    }

    /// <summary>Random numbers do not pack: a chunk of an hour takes a page in places and more than one in others.</summary>
    private async Task WriteAsync(int seconds)
    {
        for (var series = 0; series < SeriesCount; series++)
        {
            var lines = new System.Text.StringBuilder();
            for (var second = -Hours * 3600; second < Sealed; second += seconds / (series % 6 == 0 ? 10 : 1))
            {
                var value = _random.NextDouble();
                _model[(series, second)] = value;
                lines.Append(CultureInfo.InvariantCulture, $"m,n={series} f={value} {At(second)}\n");
            }

            await _stage.WriteAsync(lines.ToString());
        }
    }

    private static long At(int second) => Start + (second * 1_000_000_000L);

    private static int Number(Series series) => int.Parse(series.Key.FindTag("n")!, CultureInfo.InvariantCulture);

    private List<string> Expected() => [.. _model.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key.Series}: {pair.Key.Second} f={pair.Value}"))];

    private List<string> Stored() => [.. _stage.Store.Index.Find("m").OrderBy(Number).SelectMany(series => Samples.Of(_stage.Store, series).Select(row => $"{Number(series)}: {row}"))];

    private long RolledUp()
    {
        using var reader = _stage.Store.OpenReader();
        return _stage.Store.Index.Find("m").Sum(series => reader.Rollups(series, 0, At(-Hours * 3600), Start).Sum(rollup => rollup.Count));
    }
}
