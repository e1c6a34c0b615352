namespace NocMonitor.TimeSeries.Index;

/// <summary>What changes. All of it under the index's lock.</summary>
internal sealed partial class TagIndex
{
    /// <summary>Adds a series to a value. Under the index's lock.</summary>
    public void Add(int value, int series)
    {
        if ((_usedSlots + 1) * 4L > _slots.Length * 3L)
        {
            Rebuild();
        }

        var slots = _slots;
        var i = Start(value, slots);
        while (slots[i] != 0 && (slots[i] == Gone || NumberOf(slots[i]) != value))
        {
            i = Next(i, slots);
        }

        if (slots[i] == 0)
        {
            Volatile.Write(ref slots[i], Slot(value, series));
            _usedSlots++;
            _count++;
            Change();
        }
        else if ((int)slots[i] < 0)
        {
            _lists[~(int)slots[i]]!.Add(series);
        }
        else
        {
            var both = new Postings();
            both.Add((int)slots[i]);
            both.Add(series);
            Volatile.Write(ref slots[i], Slot(value, ~Place(both)));
        }
    }

    /// <summary>Takes series from a value, and the value away with the last one. Under the index's lock.</summary>
    public void Remove(int value, ReadOnlySpan<int> gone)
    {
        var slots = _slots;
        var i = Start(value, slots);
        while (slots[i] <= Gone || NumberOf(slots[i]) != value)
        {
            if (slots[i] == 0)
            {
                return;
            }

            i = Next(i, slots);
        }

        var content = (int)slots[i];
        var rest = content < 0 ? _lists[~content]!.Without(gone) : null;
        if (rest is { Count: > 0 })
        {
            Volatile.Write(ref _lists[~content], rest);
        }
        else if (content < 0 || gone.BinarySearch(content) >= 0)
        {
            Volatile.Write(ref slots[i], Gone);
            _count--;
            Change();
            if (content < 0)
            {
                _lists[~content] = null;
                _freeLists.Push(~content);
            }
        }
    }

    private int Place(Postings list)
    {
        if (!_freeLists.TryPop(out var place))
        {
            place = _listsUsed++;
            if (place == _lists.Length)
            {
                var lists = _lists;
                Array.Resize(ref lists, Math.Max(4, place + (place / 2)));
                _lists = lists;
            }
        }

        Volatile.Write(ref _lists[place], list);
        return place;
    }

    private void Change()
    {
        Interlocked.Increment(ref _changes);
        _sorted = null;
    }

    private void Rebuild()
    {
        var slots = new ulong[Math.Max(FewestSlots, (_count + 1) * 2)];
        foreach (var slot in _slots)
        {
            if (slot > Gone)
            {
                var i = Start(NumberOf(slot), slots);
                while (slots[i] != 0)
                {
                    i = Next(i, slots);
                }

                slots[i] = slot;
            }
        }

        _slots = slots;
        _usedSlots = _count;
    }
}
