using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// What hours not yet sealed have so far: one row a flush, so that a flush writes only what is new, however much the hour already holds. Part of the
/// chunk file and of its transactions.
/// </summary>
internal sealed class PartialTable(Database database) : IDisposable
{
    private readonly Statement _insert = database.Prepare("INSERT INTO partials(id, body) VALUES(?, ?)");
    private readonly Statement _last = database.Prepare("SELECT max(id) FROM partials WHERE id BETWEEN ? AND ?");
    private readonly Statement _read = database.Prepare("SELECT body FROM partials WHERE id BETWEEN ? AND ? ORDER BY id");
    private readonly Statement _delete = database.Prepare("DELETE FROM partials WHERE id BETWEEN ? AND ?");
    private readonly Statement _next = database.Prepare("SELECT id FROM partials WHERE id >= ? AND id < ? ORDER BY id LIMIT 1");

    /// <summary>Adds a part to an hour. False when the hour has as many as it can: seal it first.</summary>
    public bool TryAdd(long chunkId, ReadOnlySpan<byte> body)
    {
        var id = NextId(chunkId);
        if (id > PartialId.Last(chunkId))
        {
            return false;
        }

        _insert.Bind(1, id).Bind(2, body).Run();
        return true;
    }

    /// <summary>Hands the parts of an hour to the receiver in the order they were written; the bytes are valid during the call only.</summary>
    public void Read(long chunkId, BlobReceiver receive)
    {
        try
        {
            _read.Bind(1, PartialId.First(chunkId)).Bind(2, PartialId.Last(chunkId));
            while (_read.Step())
            {
                receive(_read.Blob(0));
            }
        }
        finally
        {
            _read.Reset();
        }
    }

    public void Delete(long chunkId) => _delete.Bind(1, PartialId.First(chunkId)).Bind(2, PartialId.Last(chunkId)).Run();

    /// <summary>Deletes an hour's parts of some series, given in order; gives how many of them had any.</summary>
    public int Delete(long bucket, ReadOnlySpan<int> series)
    {
        var deleted = 0;
        for (var at = 0; at < series.Length && First(PartialId.First(ChunkId.Of(bucket, series[at])), PartialId.First(ChunkId.Of(bucket + 1, 0))) is { } found;)
        {
            at += SortedSeries.Before(series[at..], ChunkId.Series(PartialId.Chunk(found)));
            if (at < series.Length && series[at] == ChunkId.Series(PartialId.Chunk(found)))
            {
                Delete(PartialId.Chunk(found));
                deleted++;
                at++;
            }
        }

        return deleted;
    }

    /// <summary>The first hours below a chunk id that have parts, in order.</summary>
    public List<long> HoursBelow(long chunkId, int atMost)
    {
        var hours = new List<long>();
        var from = long.MinValue;
        while (hours.Count < atMost && First(from, PartialId.First(chunkId)) is { } id)
        {
            hours.Add(PartialId.Chunk(id));
            from = PartialId.Last(PartialId.Chunk(id)) + 1;
        }

        return hours;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _last.Dispose();
        _read.Dispose();
        _delete.Dispose();
        _next.Dispose();
    }

    private long NextId(long chunkId)
    {
        try
        {
            _last.Bind(1, PartialId.First(chunkId)).Bind(2, PartialId.Last(chunkId)).Step();
            return _last.IsNull(0) ? PartialId.First(chunkId) : _last.Long(0) + 1;
        }
        finally
        {
            _last.Reset();
        }
    }

    private long? First(long from, long before)
    {
        try
        {
            return _next.Bind(1, from).Bind(2, before).Step() ? _next.Long(0) : null;
        }
        finally
        {
            _next.Reset();
        }
    }
}
