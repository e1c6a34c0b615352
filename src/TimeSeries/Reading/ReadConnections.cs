using System.Collections.Concurrent;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Read-only connections to the chunks, kept for the next reader. Safe for concurrent use; each connection has one reader at a time.</summary>
internal sealed class ReadConnections(string folder) : IDisposable
{
    private const int MostKept = 4;

    private readonly ConcurrentBag<ReadConnection> _idle = [];
    private volatile bool _disposed;

    public ReadConnection Rent() => _idle.TryTake(out var connection) ? connection : new ReadConnection(Path.Combine(folder, ChunkFile.Name));

    public void Return(ReadConnection connection)
    {
        if (_disposed || _idle.Count >= MostKept)
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}

/// <summary>One connection with its prepared look-ups.</summary>
internal sealed class ReadConnection : IDisposable
{
    /// <summary>Each min and max alone is a look-up at an end of the tree.</summary>
    private const string Bounds = """
        SELECT min(low), max(high), count(low) FROM (
            SELECT (SELECT min(id) FROM chunks) AS low, (SELECT max(id) FROM chunks) AS high
            UNION ALL SELECT (SELECT min(id) FROM partials), (SELECT max(id) FROM partials))
        """;

    private readonly Database _database;
    private readonly Statement _bounds;

    public ReadConnection(string path)
    {
        _database = Database.OpenForReading(path);
        _database.Execute("PRAGMA cache_size = -1024");
        Chunk = _database.Prepare("SELECT body FROM chunks WHERE id = ?");
        _bounds = _database.Prepare(Bounds);
        Partial = _database.Prepare("SELECT body FROM partials WHERE id = ?");
    }

    public Statement Chunk { get; }

    public Statement Partial { get; }

    public void Begin() => _database.Execute("BEGIN");

    public void End() => _database.Rollback();

    /// <summary>The first and last hour of the chunks; an empty range when there are none.</summary>
    public (long Oldest, long Newest) Buckets()
    {
        try
        {
            _bounds.Step();
            var some = _bounds.Long(2) != 0;
            return some ? (ChunkId.Bucket(_bounds.Long(0)), ChunkId.Bucket(_bounds.Long(1))) : (long.MaxValue, long.MinValue);
        }
        finally
        {
            _bounds.Reset();
        }
    }

    public void Dispose()
    {
        Chunk.Dispose();
        Partial.Dispose();
        _bounds.Dispose();
        _database.Dispose();
    }
}
