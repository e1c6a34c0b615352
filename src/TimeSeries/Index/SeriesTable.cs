using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Raw key bytes to series: open addressing with linear probing over entries that stand in the order they came, the bytes always compared, so that two keys of one hash
/// stay two series. Readers take no lock: an entry is filled before a slot names it, and a table that has grown or shrunk replaces the old one in one write. Writers hold the index's lock.
/// </summary>
/// <remarks>
/// Each entry remembers which one was asked for after it the last time. A sender names its series in the same order again and again, so that guess is nearly always right: no hash is
/// computed, no slot is missed in the cache, and what the guess after it needs can be fetched in time. Guesses are plain writes of any thread; a wrong one costs a comparison.
/// </remarks>
internal sealed class SeriesTable
{
    private const int FewestDead = 1024;

    private volatile Content _content = new(new ulong[1024], new Entry[512]);
    private int _count;
    private int _dead;

    /// <summary>Keys that lead to a series.</summary>
    public int Count => _count - _dead;

    public Series? Find(ulong hash, ReadOnlySpan<byte> key)
    {
        var content = _content;
        return FindEntry(content, hash, key) is var entry and >= 0 ? content.Entries[entry].Series : null;
    }

    /// <summary>Finds the series of a key.</summary>
    /// <param name="last">The entry that was found before this one, -1 at the begin; then the one found now. Unchanged when there is none.</param>
    public Series? FindNext(ReadOnlySpan<byte> key, ref int last)
    {
        var content = _content;
        var entries = content.Entries;
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

        var found = FindEntry(content, KeyHash.Of(key), key);
        if (found < 0)
        {
            return null;
        }

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
        if (FindEntry(_content, hash, key.Span) is var dead and >= 0)
        {
            // The key of a series that was forgotten, come back.
            Volatile.Write(ref _content.Entries[dead].Series, series);
            _dead--;
            return;
        }

        if (_count == _content.Entries.Length || (_count + 1) * 4L > _content.Slots.Length * 3L)
        {
            _content = Copy(withDead: true);
        }

        _content.Entries[_count] = new Entry { Hash = hash, Key = key, Series = series };
        Insert(_content.Slots, hash, _count);
        _count++;
    }

    /// <summary>Takes the keys of forgotten series out, those given or, when some are written in other ways too, all there are.</summary>
    public void Remove(IReadOnlyCollection<Series> forgotten, bool inAllSpellings)
    {
        foreach (var series in forgotten)
        {
            if (FindEntry(_content, KeyHash.Of(series.LineKey), series.LineKey) is var entry and >= 0)
            {
                Remove(ref _content.Entries[entry]);
            }
        }

        for (var entry = 0; inAllSpellings && entry < _count; entry++)
        {
            Remove(ref _content.Entries[entry]);
        }

        // Entries stay until they are a third of all: then the table is made anew, without them.
        if (_dead > FewestDead && _dead > _count / 3)
        {
            _content = Copy(withDead: false);
            _count -= _dead;
            _dead = 0;
        }
    }

    private void Remove(ref Entry entry)
    {
        if (entry.Series is { IsForgotten: true })
        {
            entry.Series = null;
            _dead++;
        }
    }

    private static int FindEntry(Content content, ulong hash, ReadOnlySpan<byte> key)
    {
        var slots = content.Slots;
        var mask = slots.Length - 1;
        var tag = Tag(hash);
        for (var i = Start(hash, mask); ; i = (i + 1) & mask)
        {
            var slot = Volatile.Read(ref slots[i]);
            if (slot == 0)
            {
                return -1;
            }

            if (slot >> 32 == tag && content.Entries[(int)(uint)slot - 1].Key.Span.SequenceEqual(key))
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

    /// <summary>The entries, in a table with room for as many again by half. What the old one's readers find is still right, and what they miss is looked for under the lock.</summary>
    private Content Copy(bool withDead)
    {
        var old = _content.Entries;
        var count = withDead ? _count : _count - _dead;
        var entries = new Entry[Math.Max(512, count + (count / 2))];
        var slots = new ulong[Math.Max(1024, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)((entries.Length * 4L / 3) + 1)))];
        for (int entry = 0, next = 0; entry < _count; entry++)
        {
            if (withDead || old[entry].Series is not null)
            {
                entries[next] = old[entry];
                entries[next].Next = withDead ? old[entry].Next : next + 1;
                Insert(slots, entries[next].Hash, next);
                next++;
            }
        }

        return new Content(slots, entries);
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

    private sealed class Content(ulong[] slots, Entry[] entries)
    {
        public ulong[] Slots { get; } = slots;

        public Entry[] Entries { get; } = entries;
    }

    private struct Entry
    {
        public ulong Hash;
        public KeyBytes Key;
        public Series? Series;
        public int Next;
    }
}
