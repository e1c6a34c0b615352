namespace NocMonitor.TimeSeries.Index;

/// <summary>What changes. All of it under the index's lock.</summary>
internal sealed partial class SeriesTable
{
    /// <summary>Adds a series by its own key.</summary>
    public void Add(ulong hash, Series series) => Add(hash, series, spelling: 0);

    /// <summary>Adds another way to write a series' key.</summary>
    public void Add(ulong hash, KeyBytes spelling, Series series)
    {
        if (_spellings == _content.Spellings.Length)
        {
            var spellings = _content.Spellings;
            Array.Resize(ref spellings, Math.Max(16, _spellings + (_spellings / 2)));
            _content = _content with { Spellings = spellings };
        }

        _content.Spellings[_spellings++] = spelling;
        Add(hash, series, _spellings);
    }

    /// <summary>Takes the keys of forgotten series out, those given or, when some are written in other ways too, all there are.</summary>
    public void Remove(IReadOnlyCollection<ForgottenKey> forgotten, bool inAllSpellings)
    {
        foreach (var key in forgotten)
        {
            var slots = _content.Slots;
            for (var i = Start(key.Hash, slots); slots[i] is var slot and not 0; i = Next(i, slots))
            {
                ref var entry = ref _content.Entry(EntryOf(slot));
                Remove(ref entry, ReferenceEquals(entry.Series, key.Series));
            }
        }

        for (var entry = 0; inAllSpellings && entry < _count; entry++)
        {
            Remove(ref _content.Entry(entry), _content.Entry(entry).Series is { IsForgotten: true });
        }

        // Entries stay until they are a third of all: then the table is made anew, without them.
        if (_dead > FewestDead && _dead > _count / 3)
        {
            Shrink();
        }
    }

    private void Remove(ref Entry entry, bool isGone)
    {
        if (isGone)
        {
            entry.Series = null;
            _dead++;
        }
    }

    private void Add(ulong hash, Series series, int spelling)
    {
        var content = _content;
        if ((_count + 1) * 5L > content.Slots.Length * 4L)
        {
            content = content with { Slots = Spread(content.Slots, new ulong[Math.Max(64, _count * 2)], number => number) };
        }

        if (_count >> BlockBits == content.Blocks.Length)
        {
            content = content with { Blocks = [.. content.Blocks, new Entry[BlockSize]] };
        }

        content.Entry(_count) = new Entry { Series = series, Next = _count + 1, Spelling = spelling };
        _content = content;
        Insert(content.Slots, hash >> 32, _count);
        _count++;
    }

    /// <summary>The entries that live, in a new table. What the old one's readers find is still right, and what they miss is looked for under the lock.</summary>
    private void Shrink()
    {
        var old = _content;
        var moved = new int[_count];
        var blocks = new Entry[(Count + BlockSize - 1) >> BlockBits][];
        for (var block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new Entry[BlockSize];
        }

        var (count, spellings) = (0, new List<KeyBytes>());
        for (var entry = 0; entry < _count; entry++)
        {
            var one = old.Entry(entry);
            moved[entry] = one.Series is null ? -1 : count++;
            if (one.Series is not null)
            {
                if (one.Spelling > 0)
                {
                    spellings.Add(old.Spellings[one.Spelling - 1]);
                    one.Spelling = spellings.Count;
                }

                one.Next = count;
                blocks[moved[entry] >> BlockBits][moved[entry] & (BlockSize - 1)] = one;
            }
        }

        var slots = Spread(old.Slots, new ulong[Math.Max(64, count + (count / 2))], entry => moved[entry]);
        _content = new Content(slots, blocks, [.. spellings]);
        (_count, _dead, _spellings) = (count, 0, spellings.Count);
    }

    private static ulong[] Spread(ulong[] from, ulong[] slots, Func<int, int> moved)
    {
        foreach (var slot in from)
        {
            if (slot != 0 && moved(EntryOf(slot)) is var entry and >= 0)
            {
                Insert(slots, slot >> 32, entry);
            }
        }

        return slots;
    }

    private static void Insert(ulong[] slots, ulong upperHash, int entry)
    {
        var i = Start(upperHash << 32, slots);
        while (slots[i] != 0)
        {
            i = Next(i, slots);
        }

        Volatile.Write(ref slots[i], (upperHash << 32) | (uint)(entry + 1));
    }
}
