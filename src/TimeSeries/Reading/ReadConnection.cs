using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// One read-only connection with its prepared look-ups. What is looked up between <see cref="Begin"/> and <see cref="End"/> is one view of the file: a chunk is
/// never seen half moved. That is an hour at most, so that a slow reader does not keep SQLite's log from being reused.
/// </summary>
internal sealed class ReadConnection : IDisposable
{
    /// <summary>Each min and max alone is a look-up at an end of the tree.</summary>
    private const string Bounds = """
        SELECT min(low), max(high), count(low) FROM (
            SELECT (SELECT min(id) FROM chunks) AS low, (SELECT max(id) FROM chunks) AS high
            UNION ALL SELECT (SELECT min(id) FROM partials) >> 16, (SELECT max(id) FROM partials) >> 16)
        """;

    private const string RollupBounds =
        "SELECT low, high, low IS NOT NULL FROM (SELECT (SELECT min(id) FROM rollups) AS low, (SELECT max(id) FROM rollups) AS high)";

    private readonly Database _database;
    private readonly Statement _bounds;
    private readonly Statement _rollupBounds;
    private readonly Statement _begin;
    private readonly Statement _end;

    public ReadConnection(string path)
    {
        _database = Database.OpenForReading(path);
        _database.Execute("PRAGMA cache_size = -1024");
        Chunk = _database.Prepare("SELECT body FROM chunks WHERE id = ?");
        Partials = _database.Prepare("SELECT body FROM partials WHERE id BETWEEN ? AND ? ORDER BY id");
        _begin = _database.Prepare("BEGIN");
        _end = _database.Prepare("COMMIT");
        Rollup = _database.Prepare("SELECT body FROM rollups WHERE id = ?");
        _bounds = _database.Prepare(Bounds);
        _rollupBounds = _database.Prepare(RollupBounds);
    }

    /// <summary>A sealed hour.</summary>
    public Statement Chunk { get; }

    /// <summary>The parts of an hour that is not sealed, in the order they were written.</summary>
    public Statement Partials { get; }

    /// <summary>The roll-ups of a day of a series.</summary>
    public Statement Rollup { get; }

    /// <summary>The first and last hour of the chunks; an empty range when there are none.</summary>
    public (long Oldest, long Newest) Buckets() => Range(_bounds);

    /// <summary>The first and last day of the roll-ups; an empty range when there are none.</summary>
    public (long Oldest, long Newest) RollupDays() => Range(_rollupBounds);

    public void Begin() => _begin.Run();

    public void End() => _end.Run();

    public void Dispose()
    {
        Chunk.Dispose();
        Partials.Dispose();
        _begin.Dispose();
        _end.Dispose();
        Rollup.Dispose();
        _bounds.Dispose();
        _rollupBounds.Dispose();
        _database.Dispose();
    }

    private static (long Oldest, long Newest) Range(Statement bounds)
    {
        try
        {
            bounds.Step();
            var some = bounds.Long(2) != 0;
            return some ? (ChunkId.Bucket(bounds.Long(0)), ChunkId.Bucket(bounds.Long(1))) : (long.MaxValue, long.MinValue);
        }
        finally
        {
            bounds.Reset();
        }
    }
}
