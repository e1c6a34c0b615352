using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>
/// Moves chunks that came out of order, and so got rows of their own, in between the packed ones of their hour, a stretch of rows at a time. Works inside a transaction of its
/// caller, on the chunk file's connection. Used by the compaction alone.
/// </summary>
internal sealed class PackFold(Database database, PackTable packs) : IDisposable
{
    private const int MostChunks = 256;
    private const int MostRows = 64;

    private readonly Statement _single = database.Prepare("SELECT id, body FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT ?");
    private readonly Statement _deleteSingle = database.Prepare("DELETE FROM chunks WHERE id = ?");
    private readonly SortedDictionary<long, byte[]> _singles = [];

    /// <summary>Folds some of the chunks from an id on and before another; gives the id to go on from, or null when there are no more.</summary>
    public long? Fold(long from, long before)
    {
        _singles.Clear();
        ReadSingles(from, before);
        if (_singles.Count == 0)
        {
            return null;
        }

        var ids = _singles.Keys.ToList();
        try
        {
            var end = FoldStretch(ids[0]);
            ids.Where(id => id < end && _singles.ContainsKey(id)).ToList().ForEach(id => _deleteSingle.Bind(1, id).Run());
            return Math.Clamp(end, ids[0] + 1, ids[^1] + 1);
        }
        catch (TornDataException)
        {
            // Nothing is written before all is read. The chunks stay in rows of their own, where they can be found.
            return ids[^1] + 1;
        }
    }

    public void Dispose()
    {
        _single.Dispose();
        _deleteSingle.Dispose();
    }

    /// <summary>Reads chunks of one hour.</summary>
    private void ReadSingles(long from, long before)
    {
        try
        {
            _single.Bind(1, from).Bind(2, before).Bind(3, MostChunks);
            while (_single.Step() && _singles.Keys.All(id => ChunkId.Bucket(id) == ChunkId.Bucket(_single.Long(0))))
            {
                _singles.Add(_single.Long(0), _single.Blob(1).ToArray());
            }
        }
        finally
        {
            _single.Reset();
        }
    }

    /// <summary>Writes the rows from the one where a chunk belongs anew, with the chunks between; gives the id before which all are packed.</summary>
    private long FoldStretch(long first)
    {
        var stretch = packs.Stretch(first, MostRows);
        foreach (var id in _singles.Keys.Where(id => id >= stretch.End || _singles[id].Length > PackTable.LongestChunk).ToList())
        {
            _singles.Remove(id);
        }

        foreach (var (id, body) in _singles)
        {
            stretch.Chunks[id] = body;
        }

        if (_singles.Count > 0)
        {
            packs.Rewrite(stretch);
        }

        return stretch.End;
    }
}
