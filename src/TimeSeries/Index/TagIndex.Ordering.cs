namespace NocMonitor.TimeSeries.Index;

/// <summary>The values in order, all or those that some series have.</summary>
internal sealed partial class TagIndex
{
    /// <summary>For half of the values the order of all is made, if nobody has asked for it yet.</summary>
    private const int MostOfAll = 2;

    /// <summary>Where the order of all is known, going through it costs less than sorting a sixteenth of them.</summary>
    private const int SomeOfAll = 16;

    /// <summary>All values in order, since somebody asked and until one comes or goes.</summary>
    private volatile SortedValues? _sorted;

    /// <summary>All values, in order. Not to be changed.</summary>
    public string[] Sorted() => InOrder().Texts;

    /// <summary>The values that some series have, in order.</summary>
    public IReadOnlyList<string> Sorted(IdBits series)
    {
        var some = NumbersOf(series);
        var known = some.Count * MostOfAll > Count ? InOrder() : KnownOrder();
        return known is not null && some.Count * SomeOfAll > known.Texts.Length ? known.Pick(some) : OrdinalOrder.Sort(Texts(some));
    }

    private SortedValues? KnownOrder() => _sorted is { } known && known.Changes == Volatile.Read(ref _changes) ? known : null;

    private SortedValues InOrder()
    {
        if (KnownOrder() is { } known)
        {
            return known;
        }

        var changes = Volatile.Read(ref _changes);
        List<int> numbers = [.. Values()];

        // As they came: texts made in the order of the slots lie all over the memory, and whoever writes them in theirs waits for each.
        numbers.Sort();
        var (texts, order) = OrdinalOrder.Sort(Texts(numbers), [.. numbers]);
        return _sorted = new SortedValues(changes, texts, order);
    }

    private string[] Texts(List<int> numbers)
    {
        var texts = new string[numbers.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = parts.Value(numbers[i], keepsRare: true);
        }

        return texts;
    }

    /// <summary>Goes through all values, most of which are one word with their only series.</summary>
    private List<int> NumbersOf(IdBits series)
    {
        var numbers = new List<int>();
        var ids = new List<int>();
        foreach (ref var slot in _slots.AsSpan())
        {
            var seen = Volatile.Read(ref slot);
            if (seen > Gone && ((int)seen >= 0 ? series.Has((int)seen) : HasAny(ref slot, series, ids)))
            {
                numbers.Add(NumberOf(seen));
            }
        }

        return numbers;
    }

    private bool HasAny(ref ulong slot, IdBits series, List<int> ids)
    {
        ids.Clear();
        CopyTo(ref slot, ids);
        return ids.Exists(series.Has);
    }
}
