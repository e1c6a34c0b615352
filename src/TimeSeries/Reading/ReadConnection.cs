using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// One read-only connection with its prepared look-ups. Each look-up is one statement, and so one consistent view of the file: a chunk is never seen
/// half moved. No transaction is held between look-ups, so that a slow reader does not keep SQLite's log from being reused.
/// </summary>
internal sealed class ReadConnection : IDisposable
{
    /// <summary>Each min and max alone is a look-up at an end of the tree.</summary>
    private const string Bounds = """
        SELECT min(low), max(high), count(low) FROM (
            SELECT (SELECT min(id) FROM chunks) AS low, (SELECT max(id) FROM chunks) AS high
            UNION ALL SELECT (SELECT min(id) FROM partials), (SELECT max(id) FROM partials))
        """;

    private const string RollupBounds =
        "SELECT low, high, low IS NOT NULL FROM (SELECT (SELECT min(id) FROM rollups) AS low, (SELECT max(id) FROM rollups) AS high)";

    private readonly Database _database;
    private readonly Statement _bounds;
    private readonly Statement _rollupBounds;

    public ReadConnection(string path)
    {
        _database = Database.OpenForReading(path);
        _database.Execute("PRAGMA cache_size = -1024");
        Hour = _database.Prepare("SELECT body FROM chunks WHERE id = ?1 UNION ALL SELECT body FROM partials WHERE id = ?1");
        Rollup = _database.Prepare("SELECT body FROM rollups WHERE id = ?");
        _bounds = _database.Prepare(Bounds);
        _rollupBounds = _database.Prepare(RollupBounds);
    }

    /// <summary>The bodies of an hour of a series, the sealed one first; the later one wins.</summary>
    public Statement Hour { get; }

    /// <summary>The roll-ups of a day of a series.</summary>
    public Statement Rollup { get; }

    /// <summary>The first and last hour of the chunks; an empty range when there are none.</summary>
    public (long Oldest, long Newest) Buckets() => Range(_bounds);

    /// <summary>The first and last day of the roll-ups; an empty range when there are none.</summary>
    public (long Oldest, long Newest) RollupDays() => Range(_rollupBounds);

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

    public void Dispose()
    {
        Hour.Dispose();
        Rollup.Dispose();
        _bounds.Dispose();
        _rollupBounds.Dispose();
        _database.Dispose();
    }
}
