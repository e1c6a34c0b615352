using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Packs;

/// <content>Chunks taken out one by one.</content>
internal sealed partial class PackTable
{
    /// <summary>Takes a chunk out, if it is there. Its room stays empty until its hour goes.</summary>
    public void Remove(long chunkId)
    {
        Complete();
        var found = false;
        var goesOn = false;
        Change(_last, PackId.FirstOf(ChunkId.Bucket(chunkId)), PackId.Of(chunkId, 0), (id, row) =>
        {
            found = row.TryFind(ChunkId.Series(chunkId), out var begin, out var length);
            goesOn = found && begin.Length < length;
            _changed.Load(id, row, without: ChunkId.Series(chunkId));
            return found;
        });
        for (var part = 1; goesOn && part <= PackId.MostParts; part++)
        {
            goesOn = Change(_next, PackId.Of(chunkId, part), PackId.Of(chunkId, part), (id, row) =>
            {
                _changed.Load(id, row, withCarried: false);
                return true;
            });
        }
    }

    /// <summary>Finds a row and writes it changed, or deletes it when nothing is left in it. A torn one is left as it is.</summary>
    private bool Change(Statement find, long from, long to, PackChange change)
    {
        try
        {
            if (!find.Bind(1, from).Bind(2, to).Step() || !change(find.Long(0), PackView.Open(find.Long(0), find.Blob(1))))
            {
                return false;
            }
        }
        catch (TornDataException)
        {
            return false;
        }
        finally
        {
            find.Reset();
        }

        if (_changed.IsEmpty)
        {
            _delete.Bind(1, _changed.Id).Run();
        }
        else
        {
            Write(_changed);
        }

        return true;
    }

    private delegate bool PackChange(long id, PackView row);
}
