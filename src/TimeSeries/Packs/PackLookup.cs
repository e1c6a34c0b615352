using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>Finds chunks in the packs by two prepared look-ups. One thread at a time, over the connection of its owner.</summary>
internal sealed class PackLookup(Database database) : IDisposable
{
    private readonly Statement _row = database.Prepare("SELECT id, body FROM packs WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1");
    private readonly Statement _parts = database.Prepare("SELECT body, id FROM packs WHERE id BETWEEN ? AND ? ORDER BY id");
    private readonly ByteWriter _joined = new();

    /// <summary>Hands the chunk's bytes to the receiver, when there is one; they are valid during the call only.</summary>
    public bool Read(long chunkId, BlobReceiver receive)
    {
        try
        {
            if (!Seek(chunkId) || !PackView.Open(_row.Long(0), _row.Blob(1)).TryFind(ChunkId.Series(chunkId), out var begin, out var length))
            {
                return false;
            }

            receive(begin.Length == length ? begin : Join(chunkId, begin, length));
            return true;
        }
        finally
        {
            _row.Reset();
        }
    }

    public void Dispose()
    {
        _row.Dispose();
        _parts.Dispose();
    }

    private bool Seek(long chunkId) => _row.Bind(1, PackId.FirstOf(ChunkId.Bucket(chunkId))).Bind(2, PackId.Of(chunkId, 0)).Step();

    /// <summary>Puts a chunk together that goes on in the rows after. When one of them is missing or torn, its checksum tells.</summary>
    private ReadOnlySpan<byte> Join(long chunkId, ReadOnlySpan<byte> begin, int length)
    {
        _joined.Clear();
        _joined.Bytes(begin);
        try
        {
            _parts.Bind(1, PackId.Of(chunkId, 1)).Bind(2, PackId.Of(chunkId, PackId.MostParts));
            while (_joined.Length < length && _parts.Step())
            {
                _joined.Bytes(PackView.Open(_parts.Long(1), _parts.Blob(0)).Carried);
            }

            return _joined.Written;
        }
        finally
        {
            _parts.Reset();
        }
    }
}
