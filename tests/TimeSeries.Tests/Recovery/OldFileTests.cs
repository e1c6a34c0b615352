using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Sqlite;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Recovery;

/// <summary>Files as version 1 wrote them, put together here by its own schema and bytes: an upgrade must not cost any history.</summary>
public class OldFileTests
{
    private const string Catalog = """
        PRAGMA page_size = 16384;
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        PRAGMA application_id = 1315918669;
        PRAGMA user_version = 1;
        CREATE TABLE fields(id INTEGER PRIMARY KEY, measurement TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL);
        CREATE TABLE layouts(id INTEGER PRIMARY KEY, fields BLOB NOT NULL);
        CREATE TABLE series(id INTEGER PRIMARY KEY, key BLOB NOT NULL, origin TEXT NOT NULL, layout INTEGER NOT NULL);
        INSERT INTO fields VALUES(0, 'm', 'n', 1), (1, 'm', 'f', 0);
        INSERT INTO layouts VALUES(0, X'00'), (1, X'0001');
        INSERT INTO series VALUES(0, CAST('m,host=a' AS BLOB), 'agent1', 1), (1, CAST('m,host=b' AS BLOB), 'agent1', 1);
        """;

    [Test]
    public async Task A_store_of_version_1_keeps_all_it_has_when_it_is_opened_sealed_and_written_on()
    {
        await using var stage = new StoreStage();
        await stage.ReopenAfterAsync(WriteOldFiles);
        string[] old = ["-7200 f=57.25 n=42", "-7190 f=57.26 n=42"];

        Assert.That(stage.Read("m"), Is.EqualTo([.. old, .. old, "-3600 f=57.25 n=42", "-3590 f=57.26 n=42"]));

        await stage.WriteAsync(At(-7195, "n=7i", "m,host=b") + At(-7200, "n=8i", "m,host=c"));
        stage.Store.Compact();
        await stage.ReopenAsync();

        Assert.That(stage.Read("m"), Is.EqualTo([.. old, old[0], "-7195 n=7", old[1], "-3600 f=57.25 n=42", "-3590 f=57.26 n=42", "-7200 n=8"]));
        Assert.That(stage.Log.Lines, Has.None.Contains("torn"));
    }

    [Test]
    public async Task Files_of_a_later_version_are_refused()
    {
        await using var stage = new StoreStage();

        Assert.That(
            async () => await stage.ReopenAfterAsync(folder => Run(folder, "samples.db", "PRAGMA user_version = 99")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("later version"));
        Run(stage.Folder, "samples.db", "PRAGMA user_version = 2");
        await stage.ReopenAsync();
    }

    private static void WriteOldFiles(string folder)
    {
        Directory.GetFiles(folder, "*.db*").ToList().ForEach(File.Delete);
        Run(folder, "log.db", Catalog + """
            CREATE TABLE batches(sequence INTEGER PRIMARY KEY, committed INTEGER NOT NULL, record BLOB NOT NULL);
            CREATE TABLE cursors(name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
            """);
        Run(folder, "samples.db", Catalog + """
            CREATE TABLE chunks(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
            CREATE TABLE partials(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
            CREATE TABLE rollups(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
            CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            """);
        var hour = ChunkId.BucketOf(Start);
        using var database = Database.OpenForWriting(Path.Combine(folder, "samples.db"));
        using var chunks = database.Prepare("INSERT INTO chunks VALUES(?, ?)");
        chunks.Bind(1, ChunkId.Of(hour - 2, 0)).Bind(2, Chunk("C0CDDA950D")).Run();
        chunks.Bind(1, ChunkId.Of(hour - 2, 1)).Bind(2, Chunk("C0CDDA950D")).Run();
        using var partials = database.Prepare("INSERT INTO partials VALUES(?, ?)");
        partials.Bind(1, PartialId.First(ChunkId.Of(hour - 1, 1))).Bind(2, Chunk("E085DB950D")).Run();
    }

    /// <summary>Two rows ten seconds apart from a time, in zigzag seconds: n 42, 42 and f 57.25, 57.26.</summary>
    private static byte[] Chunk(string firstSecond)
    {
        var body = Convert.FromHexString("01020301" + firstSecond + "0514" + "02" + "00010154" + "01100702000081BA5902");
        return [.. body, .. BitConverter.GetBytes(Crc32C.Of(body))];
    }

    private static void Run(string folder, string file, string script)
    {
        using var database = Database.OpenForWriting(Path.Combine(folder, file));
        database.ExecuteScript(script);
    }
}
