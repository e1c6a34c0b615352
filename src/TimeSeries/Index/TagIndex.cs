namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// The values of one tag of one measurement, by the numbers that <see cref="KeyParts"/> gives them, and the series of each: open addressing, where most slots hold a number and the only series of
/// it, in eight bytes. Written under the index's lock. Readers take none: a slot is one word, a table that has grown replaces the old one, and what a slot led to counts when the slot is still
/// the same afterwards.
/// </summary>
internal sealed partial class TagIndex(KeyParts parts)
{
    private const int FewestSlots = 4;

    /// <summary>No value any more. What is looked for behind it is still found.</summary>
    private const ulong Gone = 1;

    /// <summary>A number plus two in the upper half; in the lower the only series, or the complement of a place in the lists.</summary>
    private volatile ulong[] _slots = new ulong[FewestSlots];

    /// <summary>Series of values that have had more than one.</summary>
    private volatile Postings?[] _lists = [];

    private readonly Stack<int> _freeLists = [];
    private int _listsUsed;
    private int _changes;
    private int _usedSlots;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>How many values there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The numbers of all values, in no order.</summary>
    public IEnumerable<int> Values() => _slots.Where(slot => slot > Gone).Select(NumberOf);

    /// <summary>Adds the series of a value, if there are any.</summary>
    public void CopyTo(int value, List<int> ids)
    {
        var slots = _slots;
        for (var i = Start(value, slots); Volatile.Read(ref slots[i]) is var slot and not 0; i = Next(i, slots))
        {
            if (slot > Gone && NumberOf(slot) == value)
            {
                CopyTo(ref slots[i], ids);
                return;
            }
        }
    }

    /// <summary>Adds the series of all values that are accepted; gives how many those were.</summary>
    public int CopyTo(Func<int, bool> accepts, List<int> ids)
    {
        var count = 0;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (Volatile.Read(ref slot) is var seen and > Gone && accepts(NumberOf(seen)))
            {
                CopyTo(ref slot, ids);
                count++;
            }
        }

        return count;
    }

    private void CopyTo(ref ulong slot, List<int> ids)
    {
        var seen = Volatile.Read(ref slot);
        while (seen > Gone)
        {
            var list = (int)seen < 0 ? Volatile.Read(ref _lists[~(int)seen]) : null;
            var now = Volatile.Read(ref slot);
            if (now == seen)
            {
                if (list is null)
                {
                    ids.Add((int)seen);
                }

                list?.CopyTo(ids);
                return;
            }

            seen = now;
        }
    }

    private static ulong Slot(int value, int content) => ((ulong)(value + 2) << 32) | (uint)content;

    private static int NumberOf(ulong slot) => (int)(slot >> 32) - 2;

    /// <summary>The multiplication spreads numbers, which come one after the other.</summary>
    private static int Start(int value, ulong[] slots) => (int)(((ulong)((uint)value * 0x9E3779B9u) * (ulong)slots.Length) >> 32);

    private static int Next(int slot, ulong[] slots) => slot + 1 == slots.Length ? 0 : slot + 1;
}
