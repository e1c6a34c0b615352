namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Raw key bytes to series: open addressing with linear probing, the bytes always compared, so that two keys of one hash stay two series.
/// Readers take no lock: a slot is filled first and its hash published last, and a grown table replaces the old one in one write.
/// Writers hold the index's lock.
/// </summary>
internal sealed class SeriesTable
{
    private volatile Slot[] _slots = new Slot[1024];
    private int _count;

    public int Count => _count;

    public Series? Find(ulong hash, ReadOnlySpan<byte> key)
    {
        hash = NonZero(hash);
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var i = Start(hash, mask); ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            var found = Volatile.Read(ref slot.Hash);
            if (found == 0)
            {
                return null;
            }

            if (found == hash && slot.Key.Span.SequenceEqual(key))
            {
                return slot.Series;
            }
        }
    }

    public void Add(ulong hash, KeyBytes key, Series series)
    {
        if ((_count + 1) * 4L > _slots.Length * 3L)
        {
            Grow();
        }

        Insert(_slots, NonZero(hash), key, series);
        _count++;
    }

    private void Grow()
    {
        var old = _slots;
        var slots = new Slot[old.Length * 2];
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Hash != 0)
            {
                Insert(slots, slot.Hash, slot.Key, slot.Series!);
            }
        }

        _slots = slots;
    }

    private static void Insert(Slot[] slots, ulong hash, KeyBytes key, Series series)
    {
        var mask = slots.Length - 1;
        var i = Start(hash, mask);
        while (slots[i].Hash != 0)
        {
            i = (i + 1) & mask;
        }

        slots[i].Key = key;
        slots[i].Series = series;
        Volatile.Write(ref slots[i].Hash, hash);
    }

    /// <summary>The multiplication spreads hashes whose low bits are weak.</summary>
    private static int Start(ulong hash, int mask) => (int)((hash * 0x9E3779B97F4A7C15) >> 32) & mask;

    /// <summary>Zero marks an empty slot.</summary>
    private static ulong NonZero(ulong hash) => hash == 0 ? 1 : hash;

    private struct Slot
    {
        public ulong Hash;
        public KeyBytes Key;
        public Series? Series;
    }
}
