namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// Sorts many texts as <see cref="StringComparer.Ordinal"/> does. What follows the beginning that all share is made a number of eight bytes, and the numbers are sorted byte by byte: the first
/// list of a tag's hundred thousand values is asked for by somebody who waits, and most of that wait were comparisons.
/// </summary>
internal static class OrdinalOrder
{
    private const int FewTexts = 256;

    private const int Bytes = sizeof(ulong);

    /// <returns>The same texts in order; the array itself or another.</returns>
    public static string[] Sort(string[] texts) => Sort(texts, []).Texts;

    /// <param name="texts">The texts.</param>
    /// <param name="items">What goes with each, or nothing.</param>
    /// <returns>The same texts in order and what goes with them; the arrays themselves or others.</returns>
    public static (string[] Texts, int[] Items) Sort(string[] texts, int[] items)
    {
        if (texts.Length < FewTexts)
        {
            Sort(texts, items, 0, texts.Length);
            return (texts, items);
        }

        var keys = Keys(texts);
        var order = Order(keys);
        var sorted = Array.ConvertAll(order, i => texts[i]);
        var sortedItems = items.Length == 0 ? items : Array.ConvertAll(order, i => items[i]);
        for (var (start, end) = (0, 1); start < sorted.Length; start = end++)
        {
            while (end < sorted.Length && keys[order[end]] == keys[order[start]])
            {
                end++;
            }

            // Texts that differ only behind the eight bytes, or in zeros at their end.
            Sort(sorted, sortedItems, start, end - start);
        }

        return (sorted, sortedItems);
    }

    private static void Sort(string[] texts, int[] items, int start, int count) =>
        Array.Sort(texts, items.Length == 0 ? null : items, start, count, StringComparer.Ordinal);

    private static ulong[] Keys(string[] texts)
    {
        var shared = texts[0].AsSpan();
        var wide = false;
        foreach (var text in texts)
        {
            shared = shared[..shared.CommonPrefixLength(text)];
            wide |= text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff');
        }

        var from = shared.Length;
        return Array.ConvertAll(texts, text => Key(text.AsSpan(from), wide));
    }

    /// <summary>The first eight letters in a byte each, or the first four where some letter needs two; an end counts as zeros.</summary>
    private static ulong Key(ReadOnlySpan<char> text, bool wide)
    {
        var (letters, bits) = wide ? (Bytes / sizeof(char), 16) : (Bytes, 8);
        var key = 0UL;
        for (var i = 0; i < letters; i++)
        {
            key = key << bits | (i < text.Length ? text[i] : 0UL);
        }

        return key;
    }

    /// <summary>Where each number of the sorted order stands: from the last byte to the first, each time keeping what the bytes behind it gave.</summary>
    private static int[] Order(ulong[] keys)
    {
        var (order, next) = (new int[keys.Length], new int[keys.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Span<int> starts = stackalloc int[256];
        for (var shift = 0; shift < Bytes * 8; shift += 8)
        {
            if (CountStarts(keys, shift, starts))
            {
                foreach (var i in order)
                {
                    next[starts[(byte)(keys[i] >> shift)]++] = i;
                }

                (order, next) = (next, order);
            }
        }

        return order;
    }

    /// <returns>False when all numbers have the same byte there, so that it orders nothing.</returns>
    private static bool CountStarts(ulong[] keys, int shift, Span<int> starts)
    {
        starts.Clear();
        foreach (var key in keys)
        {
            starts[(byte)(key >> shift)]++;
        }

        if (starts[(byte)(keys[0] >> shift)] == keys.Length)
        {
            return false;
        }

        var sum = 0;
        foreach (ref var start in starts)
        {
            (start, sum) = (sum, sum + start);
        }

        return true;
    }
}
