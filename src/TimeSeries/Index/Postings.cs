namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Series ids in ascending order. Appended under the index's lock and read without one: the count is published after the id, and a grown
/// array replaces the old one before. The first id needs no array: most values of an identifying tag belong to few series.
/// </summary>
internal sealed class Postings
{
    private int[]? _ids;
    private int _first;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int id)
    {
        var count = _count;
        if (count == 0)
        {
            _first = id;
        }
        else
        {
            var ids = _ids;
            if (ids is null || ids.Length < count)
            {
                Array.Resize(ref ids, ids is null ? 3 : ids.Length + Math.Max(4, ids.Length / 4));
                Volatile.Write(ref _ids, ids);
            }

            ids[count - 1] = id;
        }

        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>The same without some ids, given in order. This object stays as it is, for those who read it.</summary>
    public Postings Without(ReadOnlySpan<int> gone)
    {
        var ids = new List<int>(Count);
        CopyTo(ids);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids);
        var (kept, from) = (0, 0);
        foreach (var id in gone)
        {
            if (all[from..].BinarySearch(id) is var offset and >= 0)
            {
                all.Slice(from, offset).CopyTo(all[kept..]);
                (kept, from) = (kept + offset, from + offset + 1);
            }
        }

        all[from..].CopyTo(all[kept..]);
        kept += all.Length - from;
        return new Postings { _first = kept > 0 ? all[0] : 0, _ids = kept > 1 ? all[1..kept].ToArray() : null, _count = kept };
    }

    public void CopyTo(List<int> target)
    {
        var count = Count;
        if (count > 0)
        {
            target.Add(_first);
            target.AddRange(Volatile.Read(ref _ids).AsSpan(0, count - 1));
        }
    }
}
