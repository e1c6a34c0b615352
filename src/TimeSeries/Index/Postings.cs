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
