using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Packs;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// One read-only connection with its prepared look-ups. What is looked up while its view is open is one state of the file: a chunk is never seen half moved. A view is kept for an
/// hour of a series, or for a batch of a query, and not longer, so that a slow reader does not keep SQLite's log from being reused. One thread at a time.
/// </summary>
internal sealed class ReadConnection : IDisposable
{
    /// <summary>Each min and max alone is a look-up at an end of the tree.</summary>
    private const string Bounds = """
        SELECT (SELECT min(id) FROM chunks), (SELECT max(id) FROM chunks),
            (SELECT min(id) FROM packs) >> 8, (SELECT max(id) FROM packs) >> 8,
            (SELECT min(id) FROM partials) >> 16, (SELECT max(id) FROM partials) >> 16,
            (SELECT min(id) FROM rollups), (SELECT max(id) FROM rollups)
        """;

    private readonly FlushCount _flushes;
    private readonly Database _database;
    private readonly Statement _bounds;
    private readonly Statement _begin;
    private readonly Statement _end;
    private StoredHours? _hours;
    private long _openedAt;
    private bool _isOpen;

    public ReadConnection(string path, FlushCount flushes)
    {
        _flushes = flushes;
        _database = Database.OpenForReading(path);
        _database.Execute("PRAGMA cache_size = -1024");
        Chunk = _database.Prepare("SELECT body FROM chunks WHERE id = ?");
        Packs = new PackLookup(_database);
        Partials = _database.Prepare("SELECT body FROM partials WHERE id BETWEEN ? AND ? ORDER BY id");
        _begin = _database.Prepare("BEGIN");
        _end = _database.Prepare("COMMIT");
        Rollup = _database.Prepare("SELECT body FROM rollups WHERE id = ?");
        _bounds = _database.Prepare(Bounds);
    }

    /// <summary>A sealed hour that has a row of its own.</summary>
    public Statement Chunk { get; }

    /// <summary>A sealed hour that has not.</summary>
    public PackLookup Packs { get; }

    /// <summary>The parts of an hour that is not sealed, in the order they were written.</summary>
    public Statement Partials { get; }

    /// <summary>The roll-ups of a day of a series.</summary>
    public Statement Rollup { get; }

    /// <summary>Which hours the view has, once they have been looked up in it.</summary>
    public StoredHours? KnownHours => _isOpen ? _hours : null;

    /// <summary>Closes a view that was opened before rows left memory: it may not have them.</summary>
    public void CloseOutdatedView()
    {
        if (_openedAt != _flushes.Value)
        {
            CloseView();
        }
    }

    /// <summary>Opens a view, unless there is one.</summary>
    public void OpenView()
    {
        if (_isOpen)
        {
            return;
        }

        _openedAt = _flushes.Value;
        _begin.Run();
        (_isOpen, _hours) = (true, null);
    }

    public void CloseView()
    {
        if (_isOpen)
        {
            _isOpen = false;
            _end.Run();
        }
    }

    /// <summary>Which hours the view has.</summary>
    public StoredHours Hours()
    {
        if (_hours is { } known)
        {
            return known;
        }

        try
        {
            _bounds.Step();
            var (oldestChunk, newestChunk) = Range(0);
            var (oldestPack, newestPack) = Range(2);
            var (oldestPart, newestPart) = Range(4);
            var (oldestDay, newestDay) = Range(6);
            var hours = new StoredHours(oldestChunk, newestChunk, oldestPack, newestPack, oldestPart, newestPart, oldestDay, newestDay);
            _hours = hours;
            return hours;
        }
        finally
        {
            _bounds.Reset();
        }
    }

    public void Dispose()
    {
        Chunk.Dispose();
        Packs.Dispose();
        Partials.Dispose();
        _begin.Dispose();
        _end.Dispose();
        Rollup.Dispose();
        _bounds.Dispose();
        _database.Dispose();
    }

    private (long Oldest, long Newest) Range(int column) =>
        _bounds.IsNull(column) ? (long.MaxValue, long.MinValue) : (ChunkId.Bucket(_bounds.Long(column)), ChunkId.Bucket(_bounds.Long(column + 1)));
}
