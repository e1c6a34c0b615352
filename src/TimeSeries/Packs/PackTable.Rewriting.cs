using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Packs;

/// <content>Rows of an hour written anew with chunks in between.</content>
internal sealed partial class PackTable
{
    private const string SelectStretch = """
        SELECT id, body FROM packs
        WHERE id >= coalesce((SELECT max(id) FROM packs WHERE id BETWEEN ?1 AND ?2), ?1) AND id < ?3 ORDER BY id
        """;

    /// <summary>Unpacks about so many rows from the one on in which a chunk would lie.</summary>
    public PackStretch Stretch(long chunkId, int rows)
    {
        Complete();
        var bucket = ChunkId.Bucket(chunkId);
        var stretch = new PackStretch();
        try
        {
            _stretch.Bind(1, PackId.FirstOf(bucket)).Bind(2, PackId.Of(chunkId, 0)).Bind(3, PackId.FirstOf(bucket + 1));
            while (stretch.Next is null && _stretch.Step())
            {
                var row = PackView.Open(_stretch.Long(0), _stretch.Blob(1));
                if (stretch.Rows.Count >= rows && row.Count > 0)
                {
                    stretch.EndBefore(_stretch.Long(0), row, _changed);
                }
                else
                {
                    stretch.Add(_stretch.Long(0), row);
                }
            }
        }
        finally
        {
            _stretch.Reset();
        }

        return stretch;
    }

    /// <summary>Writes the chunks of a stretch in place of its rows.</summary>
    public void Rewrite(PackStretch stretch)
    {
        stretch.Rows.ForEach(id => _delete.Bind(1, id).Run());
        var (id, carried) = stretch.Carried;
        (_isOpen, _isChanged) = (true, true);
        _open.Start(carried.Length > 0 ? id : PackId.Of(stretch.Chunks.Keys.First(), 0));
        _open.Carry(carried);
        foreach (var (chunkId, body) in stretch.Chunks)
        {
            Append(chunkId, body);
        }

        Complete();
        if (stretch.Next is { } next)
        {
            _write.Bind(1, next.Id).Bind(2, next.Body).Run();
        }
    }
}
