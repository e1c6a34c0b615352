using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Raw key bytes to series: open addressing with linear probing over entries that stand in the order they came, the bytes always compared, so that two keys of one hash
/// stay two series. Readers take no lock: an entry is filled before a slot names it, and what has grown replaces the old in one write. Writers hold the index's lock.
/// </summary>
/// <remarks>
/// Each entry remembers which one was asked for after it the last time. A sender names its series in the same order again and again, so that guess is nearly always right: no hash is
/// computed, no slot is missed in the cache, and what the guess after it needs can be fetched in time. Guesses are plain writes of any thread; a wrong one costs a comparison.
/// </remarks>
internal sealed class SeriesTable
{
    private volatile ulong[] _slots = new ulong[1024];
    private volatile Entry[] _entries = new Entry[512];
    private int _count;

    public int Count => _count;

    public Series? Find(ulong hash, ReadOnlySpan<byte> key) => FindEntry(hash, key) is var entry and >= 0 ? _entries[entry].Series : null;

    /// <summary>Finds the series of a key.</summary>
    /// <param name="last">The entry that was found before this one, -1 at the begin; then the one found now. Unchanged when there is none.</param>
    public Series? FindNext(ReadOnlySpan<byte> key, ref int last)
    {
        var entries = _entries;
        if ((uint)last < (uint)entries.Length)
        {
            var guess = entries[last].Next;
            if ((uint)guess < (uint)entries.Length && entries[guess].Key.Span.SequenceEqual(key))
            {
                last = guess;
                FetchAfter(entries, guess);
                return entries[guess].Series;
            }
        }

        var found = FindEntry(KeyHash.Of(key), key);
        if (found < 0)
        {
            return null;
        }

        entries = _entries;
        if ((uint)last < (uint)entries.Length)
        {
            entries[last].Next = found;
        }

        last = found;
        FetchAfter(entries, found);
        return entries[found].Series;
    }

    public void Add(ulong hash, KeyBytes key, Series series)
    {
        if (_count == _entries.Length)
        {
            var entries = _entries;
            Array.Resize(ref entries, _count + (_count / 2));
            _entries = entries;
        }

        if ((_count + 1) * 4L > _slots.Length * 3L)
        {
            Grow();
        }

        _entries[_count] = new Entry { Hash = hash, Key = key, Series = series };
        Insert(_slots, hash, _count);
        _count++;
    }

    private int FindEntry(ulong hash, ReadOnlySpan<byte> key)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var tag = Tag(hash);
        for (var i = Start(hash, mask); ; i = (i + 1) & mask)
        {
            var slot = Volatile.Read(ref slots[i]);
            if (slot == 0)
            {
                return -1;
            }

            // The entries are read after the slot: they are at least as new as it.
            if (slot >> 32 == tag && _entries[(int)(uint)slot - 1].Key.Span.SequenceEqual(key))
            {
                return (int)(uint)slot - 1;
            }
        }
    }

    /// <summary>Asks for what the next call reads when the guess is right, and for the guess after it.</summary>
    private static void FetchAfter(Entry[] entries, int found)
    {
        var next = entries[found].Next;
        if ((uint)next < (uint)entries.Length && entries[next].Series is { } series)
        {
            entries[next].Key.Fetch();
            Prefetch.Object(series);
            next = entries[next].Next;
            if ((uint)next < (uint)entries.Length)
            {
                Prefetch.Element(ref entries[next]);
            }
        }
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        for (var entry = 0; entry < _count; entry++)
        {
            Insert(slots, _entries[entry].Hash, entry);
        }

        _slots = slots;
    }

    private static void Insert(ulong[] slots, ulong hash, int entry)
    {
        var mask = slots.Length - 1;
        var i = Start(hash, mask);
        while (slots[i] != 0)
        {
            i = (i + 1) & mask;
        }

        Volatile.Write(ref slots[i], (Tag(hash) << 32) | (uint)(entry + 1));
    }

    /// <summary>The multiplication spreads hashes whose low bits are weak.</summary>
    private static int Start(ulong hash, int mask) => (int)((hash * 0x9E3779B97F4A7C15) >> 32) & mask;

    /// <summary>Bits of the hash that spare most comparisons with other keys.</summary>
    private static ulong Tag(ulong hash) => (uint)hash;

    private struct Entry
    {
        public ulong Hash;
        public KeyBytes Key;
        public Series? Series;
        public int Next;
    }
}
