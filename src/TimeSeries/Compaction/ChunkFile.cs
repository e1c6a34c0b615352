using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// The chunks on disk: `partials` holds what hours not yet sealed have so far, `chunks` the sealed hours. Both are keyed (bucket &lt;&lt; 24) | series, so that
/// sealing in order of the key appends at the end of the tree. Owned by the compaction; readers open connections of their own.
/// </summary>
internal sealed class ChunkFile : IDisposable
{
    public const string Name = "samples.db";

    private readonly Database _database;
    private readonly Statement _readPartial;
    private readonly Statement _writePartial;
    private readonly Statement _deletePartial;
    private readonly Statement _nextPartials;
    private readonly Statement _readChunk;
    private readonly Statement _writeChunk;
    private readonly Statement _readRollup;
    private readonly Statement _writeRollup;
    private readonly Statement _flushed;

    private ChunkFile(Database database)
    {
        _database = database;
        Catalog = new CatalogTables(database);
        _readPartial = database.Prepare("SELECT body FROM partials WHERE id = ?");
        _writePartial = database.Prepare("INSERT OR REPLACE INTO partials(id, body) VALUES(?, ?)");
        _deletePartial = database.Prepare("DELETE FROM partials WHERE id = ?");
        _nextPartials = database.Prepare("SELECT id FROM partials WHERE id < ? ORDER BY id LIMIT ?");
        _readChunk = database.Prepare("SELECT body FROM chunks WHERE id = ?");
        _writeChunk = database.Prepare("INSERT OR REPLACE INTO chunks(id, body) VALUES(?, ?)");
        _readRollup = database.Prepare("SELECT body FROM rollups WHERE id = ?");
        _writeRollup = database.Prepare("INSERT OR REPLACE INTO rollups(id, body) VALUES(?, ?)");
        _flushed = database.Prepare("INSERT OR REPLACE INTO meta(name, value) VALUES('flushed', ?)");
    }

    public CatalogTables Catalog { get; }

    public static ChunkFile Open(string folder)
    {
        var database = Database.OpenForWriting(Path.Combine(folder, Name));
        try
        {
            StoreFile.Configure(database, "samples", """
                CREATE TABLE IF NOT EXISTS chunks(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS partials(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS rollups(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
                """);
            return new ChunkFile(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>All batches up to this sequence are in chunks.</summary>
    public long FlushedSequence
    {
        get => _database.Scalar("SELECT value FROM meta WHERE name = 'flushed'");
        set => _flushed.Bind(1, value).Run();
    }

    /// <summary>The newest hour that has samples; the smallest number when there are none.</summary>
    public long NewestBucket()
    {
        var newest = _database.Scalar("SELECT max(coalesce((SELECT max(id) FROM chunks), -1), coalesce((SELECT max(id) FROM partials), -1))");
        return newest < 0 ? int.MinValue : ChunkId.Bucket(newest);
    }

    public CatalogContent LoadCatalog(SeriesIndex index) => CatalogTables.Load(_database, index);

    public void Transact(Action work) => _database.Transact(work);

    /// <summary>Hands the partial's bytes to the receiver, when there is one; they are valid during the call only.</summary>
    public bool ReadPartial(long id, BlobReceiver receive) => Read(_readPartial, id, receive);

    public bool ReadChunk(long id, BlobReceiver receive) => Read(_readChunk, id, receive);

    public void WritePartial(long id, ReadOnlySpan<byte> body) => _writePartial.Bind(1, id).Bind(2, body).Run();

    public void WriteChunk(long id, ReadOnlySpan<byte> body) => _writeChunk.Bind(1, id).Bind(2, body).Run();

    public bool ReadRollup(long id, BlobReceiver receive) => Read(_readRollup, id, receive);

    public void WriteRollup(long id, ReadOnlySpan<byte> body) => _writeRollup.Bind(1, id).Bind(2, body).Run();

    public void DeletePartial(long id) => _deletePartial.Bind(1, id).Run();

    /// <summary>The first partials below an id, in order.</summary>
    public List<long> PartialsBelow(long id, int atMost)
    {
        var ids = new List<long>();
        _nextPartials.Bind(1, id).Bind(2, atMost);
        while (_nextPartials.Step())
        {
            ids.Add(_nextPartials.Long(0));
        }

        _nextPartials.Reset();
        return ids;
    }

    /// <summary>Deletes a slice of rows below an id from chunks, partials or rollups; gives how many.</summary>
    public long DeleteBelow(string table, long id, int atMost)
    {
        using var delete = _database.Prepare($"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE id < ? ORDER BY id LIMIT ?)");
        delete.Bind(1, id).Bind(2, atMost).Run();
        return _database.LastChanges;
    }

    public void Shrink(int pages) => StoreFile.Shrink(_database, pages);

    public long FreePages() => _database.Scalar("PRAGMA freelist_count");

    public long UsedBytes() => StoreFile.UsedBytes(_database);

    public void Dispose()
    {
        Catalog.Dispose();
        foreach (var statement in new[] { _readPartial, _writePartial, _deletePartial, _nextPartials, _readChunk, _writeChunk, _readRollup, _writeRollup, _flushed })
        {
            statement.Dispose();
        }

        _database.Dispose();
    }

    private static bool Read(Statement statement, long id, BlobReceiver receive)
    {
        try
        {
            if (!statement.Bind(1, id).Step())
            {
                return false;
            }

            receive(statement.Blob(0));
            return true;
        }
        finally
        {
            statement.Reset();
        }
    }
}

/// <summary>Takes bytes that are valid during the call only.</summary>
internal delegate void BlobReceiver(ReadOnlySpan<byte> blob);
