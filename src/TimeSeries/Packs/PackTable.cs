using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>
/// Sealed chunks of an hour one behind the other, in order of their series, cut into rows that fill a page each: a tree of rows as long as they come leaves a fifth of its pages
/// empty. Part of the chunk file and of its transactions; chunks are appended in order of their id, and taken out one by one.
/// </summary>
internal sealed partial class PackTable(Database database, int pageSize) : IDisposable
{
    /// <summary>More would need more rows than a key can number.</summary>
    public const int LongestChunk = 1 << 19;

    /// <summary>What SQLite needs of a page for itself when one row fills it, by its file format: 35 bytes beside the payload, 5 of those for the record's header.</summary>
    private const int PageOverhead = 40;

    /// <summary>Less room than this is left empty instead of beginning a chunk there.</summary>
    private const int SmallestPiece = 64;

    private readonly PackLookup _lookup = new(database);
    private readonly Statement _last = database.Prepare("SELECT id, body FROM packs WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1");
    private readonly Statement _write = database.Prepare("INSERT OR REPLACE INTO packs(id, body) VALUES(?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM packs WHERE id = ?");
    private readonly Statement _next = database.Prepare("SELECT id, body FROM packs WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1");
    private readonly Statement _stretch = database.Prepare(SelectStretch);
    private readonly PackRow _open = new(CapacityOf(pageSize));
    private readonly PackRow _changed = new(CapacityOf(pageSize));
    private long _lastChunk;
    private bool _isOpen;
    private bool _isChanged;

    /// <summary>The bytes of a row that fills a page.</summary>
    public static int CapacityOf(int pageSize) => pageSize - PageOverhead;

    public bool Read(long chunkId, BlobReceiver receive)
    {
        Settle(chunkId);
        return _lookup.Read(chunkId, receive);
    }

    /// <summary>Appends a chunk; false when its hour has later ones already, or when it is too long: it needs a row of its own.</summary>
    public bool TryAppend(long chunkId, ReadOnlySpan<byte> chunk)
    {
        if (!_isOpen || ChunkId.Bucket(_lastChunk) != ChunkId.Bucket(chunkId))
        {
            Complete();
            Open(chunkId);
        }

        if (chunkId <= _lastChunk || chunk.Length > LongestChunk)
        {
            return false;
        }

        Append(chunkId, chunk);
        _lastChunk = chunkId;
        return true;
    }

    /// <summary>Writes what has been appended; without it the transaction lacks the last row.</summary>
    public void Complete()
    {
        if (_isOpen && _isChanged)
        {
            Write(_open);
        }

        _isOpen = false;
    }

    /// <summary>Forgets what was appended in a transaction that is rolled back.</summary>
    public void Abandon() => _isOpen = false;

    public void Dispose()
    {
        _lookup.Dispose();
        foreach (var statement in new[] { _last, _write, _delete, _next, _stretch })
        {
            statement.Dispose();
        }
    }

    /// <summary>The open row is in memory only: what looks for a chunk that may be in it needs it in the file.</summary>
    private void Settle(long chunkId)
    {
        if (_isOpen && chunkId <= _lastChunk)
        {
            Complete();
        }
    }

    private void Open(long chunkId)
    {
        (_isOpen, _isChanged) = (true, false);
        _lastChunk = ChunkId.Of(ChunkId.Bucket(chunkId), 0) - 1;
        _open.Start(PackId.Of(chunkId, 0));
        try
        {
            if (_last.Bind(1, PackId.FirstOf(ChunkId.Bucket(chunkId))).Bind(2, PackId.FirstOf(ChunkId.Bucket(chunkId) + 1) - 1).Step())
            {
                Resume(_last.Long(0), _last.Blob(1), chunkId);
            }
        }
        finally
        {
            _last.Reset();
        }
    }

    private void Resume(long id, ReadOnlySpan<byte> body, long chunkId)
    {
        _lastChunk = PackId.Chunk(id);
        try
        {
            _open.Load(id, PackView.Open(id, body));
            _lastChunk = ChunkId.Of(ChunkId.Bucket(chunkId), _open.LastSeries);
        }
        catch (TornDataException)
        {
            // Nobody can read that row any more: the hour goes on in one of its own.
            _open.Start(PackId.Of(chunkId, 0));
        }
    }

    private void Append(long chunkId, ReadOnlySpan<byte> chunk)
    {
        var series = ChunkId.Series(chunkId);
        var room = _open.RoomFor(series, chunk.Length);
        if (room < Math.Min(SmallestPiece, chunk.Length))
        {
            Complete();
            _open.Start(PackId.Of(chunkId, 0));
            room = _open.RoomFor(series, chunk.Length);
            _isOpen = true;
        }

        var here = Math.Min(room, chunk.Length);
        _open.Add(series, chunk.Length, chunk[..here]);
        _isChanged = true;
        var rest = chunk[here..];
        for (var part = 1; !rest.IsEmpty; part++)
        {
            Write(_open);
            _open.Start(PackId.Of(chunkId, part));
            here = Math.Min(_open.RoomToCarry, rest.Length);
            _open.Carry(rest[..here]);
            rest = rest[here..];
        }
    }

    private void Write(PackRow row) => _write.Bind(1, row.Id).Bind(2, row.Encode()).Run();
}
