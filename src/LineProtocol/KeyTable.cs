using System.Runtime.CompilerServices;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Finds keys that a line has twice. A 64-bit mask of cheap signatures answers the usual "never seen"; beyond <see cref="SmallCount"/> keys
/// a hash table takes over, so that a line made of look-alike keys costs no more than any other. One owner, reused line after line.
/// </summary>
internal sealed class KeyTable(int capacity)
{
    private const int SmallCount = 32;

    private Range32[] _keys = new Range32[SmallCount];
    private int[] _buckets = [];
    private ulong _mask;

    public int Count { get; private set; }

    public ReadOnlySpan<Range32> Keys => _keys.AsSpan(0, Count);

    public void Clear()
    {
        Count = 0;
        _mask = 0;
    }

    /// <summary>Adds a key unless it is there. Gives its index, or the complement of the index it took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(ReadOnlySpan<byte> text, Range32 key)
    {
        var bit = Signature(text, key);
        if ((_mask & bit) != 0 || Count >= SmallCount)
        {
            return FindOrAddSlowly(text, key, bit);
        }

        _mask |= bit;
        var index = Count++;
        _keys[index] = key;
        return ~index;
    }

    private static ulong Signature(ReadOnlySpan<byte> text, Range32 key)
    {
        var sum = text[key.Start] | ((uint)text[key.Start + key.Length - 1] << 8) | ((uint)key.Length << 16);
        return 1UL << (int)((sum * 0x9E37_79B1u) >> 26);
    }

    private int FindOrAddSlowly(ReadOnlySpan<byte> text, Range32 key, ulong bit)
    {
        var index = Count < SmallCount ? Scan(text, key) : FindBucket(text, key);
        if (index >= 0)
        {
            return index;
        }

        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Math.Min(_keys.Length * 2, Math.Max(capacity, SmallCount)));
        }

        _mask |= bit;
        index = Count++;
        _keys[index] = key;
        return ~index;
    }

    private int Scan(ReadOnlySpan<byte> text, Range32 key)
    {
        var wanted = key.In(text);
        for (var i = 0; i < Count; i++)
        {
            if (_keys[i].Length == wanted.Length && _keys[i].In(text).SequenceEqual(wanted))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Looks the key up in the table of all keys so far, and enters it when it is new.</summary>
    private int FindBucket(ReadOnlySpan<byte> text, Range32 key)
    {
        if (Count == SmallCount)
        {
            StartBuckets(text);
        }

        return Probe(text, key, Count);
    }

    private void StartBuckets(ReadOnlySpan<byte> text)
    {
        if (_buckets.Length == 0)
        {
            _buckets = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, SmallCount) * 2 + 2)];
        }

        Array.Clear(_buckets);
        for (var i = 0; i < Count; i++)
        {
            Probe(text, _keys[i], i);
        }
    }

    /// <summary>Linear probing; a bucket holds index + 1, 0 is empty. The table is never more than half full.</summary>
    private int Probe(ReadOnlySpan<byte> text, Range32 key, int newIndex)
    {
        var wanted = key.In(text);
        var at = (int)KeyHash.Of(wanted) & (_buckets.Length - 1);
        while (_buckets[at] != 0)
        {
            var index = _buckets[at] - 1;
            if (_keys[index].In(text).SequenceEqual(wanted))
            {
                return index;
            }

            at = (at + 1) & (_buckets.Length - 1);
        }

        _buckets[at] = newIndex + 1;
        return -1;
    }
}
