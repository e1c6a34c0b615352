using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>Neighbouring rows of packed chunks, unpacked, to be written anew.</summary>
internal sealed class PackStretch
{
    private long _unfinished;
    private int _missing;

    /// <summary>The rows as they lie on disk.</summary>
    public List<long> Rows { get; } = [];

    public SortedDictionary<long, byte[]> Chunks { get; } = [];

    /// <summary>The first row's key and what it carries of a chunk that began before the stretch.</summary>
    public (long Id, byte[] Bytes) Carried { get; private set; } = (0, []);

    /// <summary>The row after, without what it carried; null when the hour ends with the stretch.</summary>
    public (long Id, byte[] Body)? Next { get; private set; }

    /// <summary>The first chunk that is not part of the stretch.</summary>
    public long End { get; private set; } = long.MaxValue;

    public void Add(long id, PackView row)
    {
        AddCarried(id, row);
        Rows.Add(id);
        foreach (var entry in row)
        {
            _unfinished = ChunkId.Of(ChunkId.Bucket(PackId.Chunk(id)), entry.Series);
            _missing = entry.Length - entry.Begin.Length;
            Chunks[_unfinished] = entry.Begin.ToArray();
        }
    }

    /// <summary>Ends the stretch before a row in which a chunk begins.</summary>
    public void EndBefore(long id, PackView row, PackRow changed)
    {
        AddCarried(id, row);
        Rows.Add(id);
        foreach (var entry in row)
        {
            End = ChunkId.Of(ChunkId.Bucket(PackId.Chunk(id)), entry.Series);
            break;
        }

        changed.Load(PackId.Of(End, 0), row, withCarried: false);
        Next = (changed.Id, changed.Encode().ToArray());
    }

    private void AddCarried(long id, PackView row)
    {
        if (Rows.Count == 0)
        {
            Carried = (id, row.Carried.ToArray());
        }
        else if (_missing > 0)
        {
            Chunks[_unfinished] = [.. Chunks[_unfinished], .. row.Carried];
            _missing -= row.Carried.Length;
        }
    }
}
