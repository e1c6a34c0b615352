using NocMonitor.TimeSeries.Sqlite;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Catalog;

public class CatalogTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public async Task FillStoreAsync()
    {
        _stage = new StoreStage();
        await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 200).Select(i => At(-7200, $"f={i}", $"m{i % 10},host=web{i / 10},region=eu"))));
        await _stage.WriteAsync(At(-7100, "f=1,g=2", "m3,host=web4,region=eu"));
        _stage.Store.Compact();
    }

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [TestCase("log.db")]
    [TestCase("samples.db")]
    public async Task Either_file_alone_gives_every_series_its_id_and_key_back(string lost)
    {
        var before = Series();

        await _stage.ReopenAfterAsync(folder => Directory.GetFiles(folder, lost + "*").ToList().ForEach(File.Delete));

        Assert.That(Series(), Is.EqualTo(before));
        Assert.That(before, Has.Count.EqualTo(200));
    }

    [Test]
    public async Task A_key_that_is_lost_in_one_file_comes_back_from_the_other_with_those_that_lean_on_it()
    {
        var before = Series();

        await _stage.ReopenAfterAsync(folder => Change(folder, "samples.db"));
        await _stage.WriteAsync(At(0, "f=1", "m0,host=web0,region=eu"));
        await _stage.ReopenAfterAsync(folder => Directory.GetFiles(folder, "log.db*").ToList().ForEach(File.Delete));

        Assert.That(Series(), Is.EqualTo(before));
    }

    [Test]
    public async Task Series_stay_apart_from_those_whose_keys_are_lost_in_both_files()
    {
        var before = Series();

        await _stage.ReopenAfterAsync(folder =>
        {
            Change(folder, "samples.db");
            Change(folder, "log.db");
        });
        await _stage.WriteAsync(At(1, "f=1", "new"));

        Assert.That(Series().Take(70), Is.EqualTo(before.Take(70)));
        Assert.That(Series().Select(series => series.Id), Is.Unique);
        Assert.That(_stage.Read("new"), Is.EqualTo(["1 f=1"]));
    }

    private List<(int Id, string Key)> Series() =>
        [.. Enumerable.Range(0, _stage.Store.Index.Count).Select(id => _stage.Store.Index.Find(id)).OfType<Series>().Select(series => (series.Id, series.ToString()!))];

    private static void Change(string folder, string file)
    {
        using var database = Database.OpenForWriting(Path.Combine(folder, file));
        database.Execute("DELETE FROM series WHERE id = 70");
        database.Execute("UPDATE series SET key = X'7F' WHERE id = 130");
    }
}
