namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Series ids in ascending order, each as its distance from the one before in seven bits a byte: neighbours cost one byte. Appended under the index's lock and read without one: the count is
/// published after the bytes, and a grown array replaces the old one before.
/// </summary>
internal sealed class Postings
{
    private const int MostBytes = 5;
    private const int MoreFollows = 0x80;

    private byte[] _distances = [];
    private int _used;
    private int _last;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int id)
    {
        if (_used + MostBytes > _distances.Length)
        {
            var grown = _distances;
            Array.Resize(ref grown, Math.Max(2 * MostBytes, _distances.Length + (_distances.Length / 4)) + MostBytes);
            Volatile.Write(ref _distances, grown);
        }

        var distance = (uint)(id - _last);
        for (; distance >= MoreFollows; distance >>= 7)
        {
            _distances[_used++] = (byte)(distance | MoreFollows);
        }

        _distances[_used++] = (byte)distance;
        _last = id;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The same without some ids, given in order. This object stays as it is, for those who read it.</summary>
    public Postings Without(ReadOnlySpan<int> gone)
    {
        var ids = new List<int>(Count);
        CopyTo(ids);
        var rest = new Postings();
        foreach (var id in ids)
        {
            if (gone.BinarySearch(id) < 0)
            {
                rest.Add(id);
            }
        }

        return rest;
    }

    public void CopyTo(List<int> target)
    {
        var count = Count;
        var distances = Volatile.Read(ref _distances);
        target.EnsureCapacity(target.Count + count);
        for (int id = 0, at = 0; count > 0; count--)
        {
            int distance = distances[at] & ~MoreFollows;
            for (var shift = 7; distances[at++] >= MoreFollows; shift += 7)
            {
                distance |= (distances[at] & ~MoreFollows) << shift;
            }

            id += distance;
            target.Add(id);
        }
    }
}
