using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Log;

/// <summary>
/// The write-ahead log on disk: one row a batch in a SQLite file of its own, with the cursors of its consumers and a copy of the catalog.
/// Owned by the log writer's thread; readers open connections of their own.
/// </summary>
internal sealed class LogFile : IDisposable
{
    public const string Name = "log.db";

    private const int PageBytes = 4 * 1024;

    private const int CutSlice = 64;

    private readonly Database _database;
    private readonly Statement _insert;
    private readonly Statement _cut;
    private readonly Statement _cursor;
    private readonly Statement _forget;

    private LogFile(Database database)
    {
        _database = database;
        Catalog = new CatalogTables(database);
        _insert = database.Prepare("INSERT INTO batches(sequence, committed, record) VALUES(?, ?, ?)");
        _cut = database.Prepare("DELETE FROM batches WHERE sequence <= ?1 AND sequence < (SELECT min(sequence) FROM batches) + ?2");
        _cursor = database.Prepare("INSERT OR REPLACE INTO cursors(name, sequence) VALUES(?, ?)");
        _forget = database.Prepare("DELETE FROM cursors WHERE name = ?");
    }

    public CatalogTables Catalog { get; }

    public static LogFile Open(string folder)
    {
        var database = Database.OpenForWriting(System.IO.Path.Combine(folder, Name));
        try
        {
            StoreFile.Configure(database, "log", PageBytes, """
                CREATE TABLE IF NOT EXISTS batches(sequence INTEGER PRIMARY KEY, committed INTEGER NOT NULL, record BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS cursors(name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
                """);
            // The appender checkpoints after its committers have their answer, never inside a commit.
            database.Execute("PRAGMA wal_autocheckpoint = 0");
            return new LogFile(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public long LastSequence() => _database.Scalar("SELECT max(sequence) FROM batches");

    public long FirstSequence() => _database.Scalar("SELECT min(sequence) FROM batches");

    public CatalogContent LoadCatalog(SeriesIndex index) => CatalogTables.Load(_database, index);

    public Dictionary<string, long> Cursors()
    {
        var cursors = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = _database.Prepare("SELECT name, sequence FROM cursors");
        while (rows.Step())
        {
            cursors.Add(rows.Text(0), rows.Long(1));
        }

        return cursors;
    }

    public void Transact(Action work) => _database.Transact(work);

    public void Insert(long sequence, long committedNs, ReadOnlySpan<byte> record) =>
        _insert.Bind(1, sequence).Bind(2, committedNs).Bind(3, record).Run();

    public void SaveCursor(string name, long sequence) => _cursor.Bind(1, name).Bind(2, sequence).Run();

    public void ForgetCursor(string name) => _forget.Bind(1, name).Run();

    /// <summary>Deletes a slice of the batches up to the sequence, so that no commit waits long; false when none is left.</summary>
    public bool Cut(long sequence)
    {
        _cut.Bind(1, sequence).Bind(2, CutSlice).Run();
        return _database.LastChanges > 0;
    }

    /// <summary>Moves committed pages from SQLite's own log into the file; as much as readers allow.</summary>
    public void Checkpoint() => _database.Execute("PRAGMA wal_checkpoint(PASSIVE)");

    public void Shrink() => StoreFile.Shrink(_database, int.MaxValue);

    /// <summary>Bytes in use by pages that hold something.</summary>
    public long UsedBytes() => StoreFile.UsedBytes(_database);

    public void Dispose()
    {
        Catalog.Dispose();
        _insert.Dispose();
        _cut.Dispose();
        _cursor.Dispose();
        _forget.Dispose();
        _database.Dispose();
    }
}
