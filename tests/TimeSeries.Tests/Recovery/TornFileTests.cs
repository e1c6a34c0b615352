using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Recovery;

public class TornFileTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public async Task FillStoreAsync()
    {
        _stage = new StoreStage();
        await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 2000).Select(i => At(-7200 - i, $"f={i}", $"m,host={i % 10}"))));
        _stage.Store.Compact();
        await _stage.WriteAsync(At(1, "f=1,g=2", "m,host=0") + At(1, "f=3", "n"));
    }

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [TestCase("samples.db", 0, TestName = "A chunk file with a torn header is set aside")]
    [TestCase("samples.db", 32_768, TestName = "A chunk file torn in the middle is set aside")]
    [TestCase("log.db", 0, TestName = "A log with a torn header is set aside")]
    [TestCase("log.db", 8_192, TestName = "A log torn in the middle is set aside")]
    public async Task A_torn_file_is_set_aside_with_a_word_and_the_store_starts(string file, int at)
    {
        await _stage.ReopenAfterAsync(folder => Scribble(Path.Combine(folder, file), at));

        var rejects = await _stage.WriteAsync(At(2, "f=9", "m,host=0"));

        Assert.That(rejects, Is.Empty);
        Assert.That(_stage.Read("m", TagMatcher.Equal("host", "0")), Does.Contain("2 f=9"));
        Assert.That(_stage.Log.Lines, Has.Some.Contains($"{file} is torn"));
        Assert.That(Directory.GetFiles(_stage.Folder, $"{file}.torn-20260105T080000Z"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Without_the_log_what_is_in_chunks_is_still_there_under_the_same_series()
    {
        var before = _stage.Read("m");

        await _stage.ReopenAfterAsync(folder => Scribble(Path.Combine(folder, "log.db"), 0));

        Assert.That(_stage.Read("m"), Is.EqualTo(before));
        Assert.That(_stage.Store.LastSequence, Is.GreaterThan(1_000_000_000));
    }

    [Test]
    public async Task Without_the_chunks_the_series_keep_their_ids_and_take_new_points()
    {
        var before = _stage.Store.Index.Find("m").Select(series => series.ToString()).ToList();

        await _stage.ReopenAfterAsync(folder => Scribble(Path.Combine(folder, "samples.db"), 0));
        await _stage.WriteAsync(At(5, "f=5", "m,host=3"));
        await _stage.ReopenAsync();

        Assert.That(_stage.Store.Index.Find("m").Select(series => series.ToString()), Is.EqualTo(before));
        Assert.That(_stage.Read("m"), Is.EqualTo(["5 f=5"]));
    }

    [Test]
    public async Task A_chunk_whose_bytes_changed_is_left_out_and_the_rest_is_read()
    {
        await _stage.ReopenAfterAsync(folder =>
        {
            using var database = Sqlite.Database.OpenForWriting(Path.Combine(folder, "samples.db"));
            database.Execute("UPDATE packs SET body = substr(body, 1, length(body) - 5) || zeroblob(5) WHERE id IN (SELECT id FROM packs LIMIT 1)");
        });

        Assert.That(_stage.Read("m"), Has.Count.InRange(1800, 2000));
        Assert.That(_stage.Log.Lines, Has.Some.Contains("a torn chunk was left out"));
    }

    [Test]
    public async Task A_log_record_whose_bytes_changed_is_left_out_and_the_others_are_replayed()
    {
        await _stage.WriteAsync(At(7, "f=7", "n"));
        var copy = Path.Combine(_stage.Folder, "..", Path.GetFileName(_stage.Folder) + "-copy");

        // A copy of the open files is what a crash leaves: the log still holds what is only in memory.
        Directory.CreateDirectory(copy);
        Array.ForEach(Directory.GetFiles(_stage.Folder, "*.db*"), file => File.Copy(file, Path.Combine(copy, Path.GetFileName(file))));
        using (var database = Sqlite.Database.OpenForWriting(Path.Combine(copy, "log.db")))
        {
            database.Execute("UPDATE batches SET record = zeroblob(length(record)) WHERE sequence = (SELECT max(sequence) - 1 FROM batches)");
        }

        await using (var store = TimeSeriesStore.Open(new StoreOptions { Folder = copy, MinimumFreeBytes = 0 }, _stage.Time, _stage.Log))
        {
            Assert.That(Samples.Of(store, store.Index.Find("n")[0]), Is.EqualTo(["7 f=7"]));
        }

        Directory.Delete(copy, recursive: true);
        Assert.That(_stage.Log.Lines, Has.Some.Contains("a torn log record was left out"));
    }

    [Test]
    public void A_folder_that_another_store_holds_is_refused() =>
        Assert.That(() => TimeSeriesStore.Open(new StoreOptions { Folder = _stage.Folder }, _stage.Time, _stage.Log), Throws.InstanceOf<IOException>());

    private static void Scribble(string path, int at)
    {
        using var file = File.OpenWrite(path);
        file.Position = at;
        file.Write(Enumerable.Repeat((byte)0xA5, 6000).ToArray());
    }
}
