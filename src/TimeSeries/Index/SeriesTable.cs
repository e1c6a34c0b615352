using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Raw key bytes to series: open addressing with linear probing over entries that stand in the order they came, the bytes always compared, so that two keys of one hash stay two series. The hash
/// does not depend on the order of the tags: a series is found by its sorted key too, whatever the order in which it was sent. Readers take no lock: an entry is filled before a slot names it, and
/// a table that has grown or shrunk replaces the old one in one write. Writers hold the index's lock.
/// </summary>
/// <remarks>
/// Each entry remembers which one was asked for after it the last time. A sender names its series in the same order again and again, so that guess is nearly always right: no hash is
/// computed, no slot is missed in the cache, and what the guess after it needs can be fetched in time. Guesses are plain writes of any thread; a wrong one costs a comparison.
/// </remarks>
internal sealed partial class SeriesTable(SeriesKeys keys)
{
    private const int FewestDead = 1024;
    private const int BlockBits = 9;
    private const int BlockSize = 1 << BlockBits;

    private volatile Content _content = new(new ulong[64], [], []);
    private int _count;
    private int _dead;
    private int _spellings;

    /// <summary>Keys that lead to a series.</summary>
    public int Count => _count - _dead;

    /// <summary>Finds the series of a key as it was sent.</summary>
    public Series? Find(ulong hash, ReadOnlySpan<byte> key)
    {
        var content = _content;
        return FindEntry(content, hash, key) is var found and >= 0 ? content.Entry(found).Series : null;
    }

    /// <summary>Finds the series of a sorted key, in whatever order it was sent.</summary>
    public Series? FindSorted(ulong hash, ReadOnlySpan<byte> canonical)
    {
        var content = _content;
        var slots = content.Slots;
        for (var i = Start(hash, slots); Volatile.Read(ref slots[i]) is var slot and not 0; i = Next(i, slots))
        {
            if (slot >> 32 == hash >> 32 && content.Entry(EntryOf(slot)).Series is { } series && keys.MatchesSorted(series.KeyRecord.Span, canonical))
            {
                return series;
            }
        }

        return null;
    }

    /// <summary>Finds the series of the key at the beginning of a line.</summary>
    /// <param name="line">The line, or more than that: it is compared in larger pieces than a key has.</param>
    /// <param name="length">Of the key.</param>
    /// <param name="last">The entry that was found before this one, -1 at the begin; then the one found now. Unchanged when there is none.</param>
    public Series? FindNext(ReadOnlySpan<byte> line, int length, ref int last)
    {
        var content = _content;
        var guess = content.Has(last) ? content.Entry(last).Next : -1;
        if (!content.Has(guess) || Volatile.Read(ref content.Entry(guess).Series) is not { } series || !Matches(content, content.Entry(guess), series, line, length))
        {
            guess = FindEntry(content, KeyPieces.Hash(line[..length]), line[..length]);
            if (guess < 0 || content.Entry(guess).Series is not { } found)
            {
                return null;
            }

            series = found;
            if (content.Has(last))
            {
                content.Entry(last).Next = guess;
            }
        }

        last = guess;
        FetchAfter(content, guess);
        return series;
    }

    private bool Matches(Content content, in Entry entry, Series series, ReadOnlySpan<byte> line, int length) =>
        keys.Matches(entry.Spelling == 0 ? series.KeyRecord.Span : content.Spellings[entry.Spelling - 1].Span, line, length);

    private int FindEntry(Content content, ulong hash, ReadOnlySpan<byte> key)
    {
        var slots = content.Slots;
        for (var i = Start(hash, slots); Volatile.Read(ref slots[i]) is var slot and not 0; i = Next(i, slots))
        {
            if (slot >> 32 == hash >> 32 && Volatile.Read(ref content.Entry(EntryOf(slot)).Series) is { } series && Matches(content, content.Entry(EntryOf(slot)), series, key, key.Length))
            {
                return EntryOf(slot);
            }
        }

        return -1;
    }

    /// <summary>Asks for what the next call reads when the guess is right, and for what leads to that in the call after it.</summary>
    private static void FetchAfter(Content content, int found)
    {
        var next = content.Entry(found).Next;
        if (content.Has(next) && content.Entry(next).Series is { } series)
        {
            series.KeyRecord.Fetch();
            next = content.Entry(next).Next;
            if (content.Has(next) && content.Entry(next).Series is { } after)
            {
                Prefetch.Object(after);
            }
        }
    }

    private static int EntryOf(ulong slot) => (int)(uint)slot - 1;

    /// <summary>The upper half of the hash says where to begin, and stands in the slot: it spares most comparisons with other keys.</summary>
    private static int Start(ulong hash, ulong[] slots) => (int)(((hash >> 32) * (ulong)slots.Length) >> 32);

    private static int Next(int slot, ulong[] slots) => slot + 1 == slots.Length ? 0 : slot + 1;

    /// <param name="Slots">The upper half of a hash, and in the lower half an entry plus one.</param>
    /// <param name="Blocks">The entries, in blocks that never move.</param>
    /// <param name="Spellings">Keys as they were sent in other ways than the first time.</param>
    private sealed record Content(ulong[] Slots, Entry[][] Blocks, KeyBytes[] Spellings)
    {
        public bool Has(int entry) => (uint)entry >> BlockBits < (uint)Blocks.Length;

        public ref Entry Entry(int entry) => ref Blocks[entry >> BlockBits][entry & (BlockSize - 1)];
    }

    private struct Entry
    {
        public Series? Series;
        public int Next;

        /// <summary>A place in the spellings plus one; 0 for the record of the series itself.</summary>
        public int Spelling;
    }
}
