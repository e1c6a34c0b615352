using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Packs;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// The chunks on disk: sealed hours, parts of hours not yet sealed, and roll-ups. A sealed chunk lies in the packs, or, when it came out of order, in a row of its own, never in both.
/// Chunks are keyed (bucket &lt;&lt; 24) | series. Owned by the compaction; readers open connections of their own.
/// </summary>
internal sealed class ChunkFile : IDisposable
{
    public const string Name = "samples.db";

    private const int PageBytes = 8 * 1024;

    private readonly Database _database;
    private readonly PackTable _packs;
    private readonly PackFold _fold;
    private readonly PackRemoval _removal;
    private readonly Statement _nextChunk;
    private readonly Statement _nextRollup;
    private readonly Statement _readChunk;
    private readonly Statement _writeChunk;
    private readonly Statement _readRollup;
    private readonly Statement _writeRollup;
    private readonly Statement _flushed;
    private readonly Statement _deleteChunk;
    private readonly Statement _deleteRollup;
    private readonly Statement _noteDropped;
    private readonly Statement _forgetDropped;

    private ChunkFile(Database database)
    {
        _database = database;
        Catalog = new CatalogTables(database);
        Partials = new PartialTable(database);
        _packs = new PackTable(database, (int)StoreFile.PageSize(database));
        _fold = new PackFold(database, _packs);
        _removal = new PackRemoval(database, _packs, PackTable.CapacityOf((int)StoreFile.PageSize(database)));
        _nextChunk = database.Prepare("SELECT id FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT 1");
        _nextRollup = database.Prepare("SELECT id FROM rollups WHERE id >= ? AND id < ? ORDER BY id LIMIT 1");
        _readChunk = database.Prepare("SELECT body FROM chunks WHERE id = ?");
        _writeChunk = database.Prepare("INSERT OR REPLACE INTO chunks(id, body) VALUES(?, ?)");
        _readRollup = database.Prepare("SELECT body FROM rollups WHERE id = ?");
        _writeRollup = database.Prepare("INSERT OR REPLACE INTO rollups(id, body) VALUES(?, ?)");
        _deleteChunk = database.Prepare("DELETE FROM chunks WHERE id = ?");
        _deleteRollup = database.Prepare("DELETE FROM rollups WHERE id = ?");
        _noteDropped = database.Prepare("INSERT OR REPLACE INTO meta(name, value) VALUES('dropped/' || ?1, ?1)");
        _forgetDropped = database.Prepare("DELETE FROM meta WHERE name = 'dropped/' || ?1");
        _flushed = database.Prepare("INSERT OR REPLACE INTO meta(name, value) VALUES('flushed', ?)");
    }

    public CatalogTables Catalog { get; }

    public PartialTable Partials { get; }

    public static ChunkFile Open(string folder)
    {
        var database = Database.OpenForWriting(Path.Combine(folder, Name));
        try
        {
            StoreFile.Configure(database, "samples", PageBytes, """
                CREATE TABLE IF NOT EXISTS chunks(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS packs(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
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
        using var newest = _database.Prepare(
            "SELECT max(id) FROM (SELECT (SELECT max(id) FROM chunks) AS id UNION ALL SELECT (SELECT max(id) FROM packs) >> 8 UNION ALL SELECT (SELECT max(id) FROM partials) >> 16)");
        return newest.Step() && !newest.IsNull(0) ? ChunkId.Bucket(newest.Long(0)) : int.MinValue;
    }

    public CatalogContent LoadCatalog(SeriesIndex index) => CatalogTables.Load(_database, index);

    public void Transact(Action work)
    {
        try
        {
            _database.Transact(() =>
            {
                work();
                _packs.Complete();
            });
        }
        finally
        {
            _packs.Abandon();
        }
    }

    /// <summary>Hands the chunk's bytes to the receiver, when there is one; they are valid during the call only.</summary>
    /// <exception cref="Codecs.TornDataException">The page that has it is torn.</exception>
    public bool ReadChunk(long id, BlobReceiver receive) => Read(_readChunk, id, receive) || _packs.Read(id, receive);

    /// <summary>Writes a sealed chunk in place of the one there was; densest when the chunks of an hour come in order.</summary>
    public void WriteChunk(long id, ReadOnlySpan<byte> body)
    {
        if (_packs.TryAppend(id, body))
        {
            _deleteChunk.Bind(1, id).Run();
            return;
        }

        _packs.Remove(id);
        _writeChunk.Bind(1, id).Bind(2, body).Run();
    }

    public bool ReadRollup(long id, BlobReceiver receive) => Read(_readRollup, id, receive);

    public bool HasRollup(long id) => First(_nextRollup, id, id + 1) is not null;

    public void WriteRollup(long id, ReadOnlySpan<byte> body) => _writeRollup.Bind(1, id).Bind(2, body).Run();

    /// <summary>Moves chunks in rows of their own, from an id on and before another, into the packs of their hour; gives the id to go on from, or null when there are no more.</summary>
    public long? Fold(long from, long before) => _fold.Fold(from, before);

    public void DeleteChunk(long id)
    {
        _deleteChunk.Bind(1, id).Run();
        _packs.Remove(id);
    }

    /// <summary>Deletes all that an hour has of some series, given in order; gives how many rows and chunks went.</summary>
    public int DeleteHour(long bucket, ReadOnlySpan<int> series) =>
        Partials.Delete(bucket, series) + Delete(_nextChunk, _deleteChunk, bucket, series) + _removal.Remove(bucket, series);

    /// <summary>Deletes the roll-ups of a day of some series, given in order; gives how many rows went.</summary>
    public int DeleteRollups(long day, ReadOnlySpan<int> series) => Delete(_nextRollup, _deleteRollup, day, series);

    public void DeleteRollup(long id) => _deleteRollup.Bind(1, id).Run();

    /// <summary>The first and last hour that has samples; an empty range when there are none.</summary>
    public (long Oldest, long Newest) Buckets()
    {
        using var oldest = _database.Prepare(
            "SELECT min(id) FROM (SELECT (SELECT min(id) FROM chunks) AS id UNION ALL SELECT (SELECT min(id) FROM packs) >> 8 UNION ALL SELECT (SELECT min(id) FROM partials) >> 16)");
        return oldest.Step() && !oldest.IsNull(0) ? (ChunkId.Bucket(oldest.Long(0)), NewestBucket()) : (long.MaxValue, long.MinValue);
    }

    /// <summary>The first and last day that has roll-ups; an empty range when there are none.</summary>
    public (long Oldest, long Newest) RollupDays()
    {
        using var days = _database.Prepare("SELECT (SELECT min(id) FROM rollups), (SELECT max(id) FROM rollups)");
        return days.Step() && !days.IsNull(0) ? (ChunkId.Bucket(days.Long(0)), ChunkId.Bucket(days.Long(1))) : (long.MaxValue, long.MinValue);
    }

    /// <summary>The first hour that has sealed chunks; the smallest number when none has.</summary>
    public long OldestSealedBucket()
    {
        using var oldest = _database.Prepare("SELECT min(id) FROM (SELECT (SELECT min(id) FROM chunks) AS id UNION ALL SELECT (SELECT min(id) FROM packs) >> 8)");
        return oldest.Step() && !oldest.IsNull(0) ? ChunkId.Bucket(oldest.Long(0)) : int.MinValue;
    }

    /// <summary>The series that were dropped and are not known to have come back.</summary>
    public List<int> Dropped()
    {
        var dropped = new List<int>();
        using var read = _database.Prepare("SELECT value FROM meta WHERE name >= 'dropped/' AND name < 'dropped0'");
        while (read.Step())
        {
            dropped.Add((int)read.Long(0));
        }

        return dropped;
    }

    public void NoteDropped(int series) => _noteDropped.Bind(1, series).Run();

    public void ForgetDropped(int series) => _forgetDropped.Bind(1, series).Run();

    /// <summary>Deletes a slice of rows below an id from chunks, packs, partials or rollups; gives how many.</summary>
    public long DeleteBelow(string table, long id, int atMost)
    {
        using var delete = _database.Prepare($"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE id < ? ORDER BY id LIMIT ?)");
        delete.Bind(1, id).Bind(2, atMost).Run();
        return _database.LastChanges;
    }

    public void Shrink(int pages) => StoreFile.Shrink(_database, pages);

    public long FreeBytes() => FreePages() * StoreFile.PageSize(_database);

    public long FreePages() => _database.Scalar("PRAGMA freelist_count");

    public long UsedBytes() => StoreFile.UsedBytes(_database);

    public void Dispose()
    {
        Catalog.Dispose();
        Partials.Dispose();
        _packs.Dispose();
        _fold.Dispose();
        _removal.Dispose();
        foreach (var statement in new[] { _readChunk, _writeChunk, _readRollup, _writeRollup, _flushed, _deleteChunk, _deleteRollup, _nextChunk, _nextRollup, _noteDropped, _forgetDropped })
        {
            statement.Dispose();
        }

        _database.Dispose();
    }

    /// <summary>By turns the next row and the next series: no more look-ups than there are of either.</summary>
    private static int Delete(Statement next, Statement delete, long group, ReadOnlySpan<int> series)
    {
        var deleted = 0;
        while (series.Length > 0 && First(next, ChunkId.Of(group, series[0]), ChunkId.Of(group + 1, 0)) is { } found)
        {
            series = series[SortedSeries.Before(series, ChunkId.Series(found))..];
            if (series.Length > 0 && series[0] == ChunkId.Series(found))
            {
                delete.Bind(1, found).Run();
                series = series[1..];
                deleted++;
            }
        }

        return deleted;
    }

    private static long? First(Statement next, long from, long before)
    {
        try
        {
            return next.Bind(1, from).Bind(2, before).Step() ? next.Long(0) : null;
        }
        finally
        {
            next.Reset();
        }
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
