using System.Numerics;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>One bit a row in 64-bit words.</summary>
internal static class Bitmap
{
    public static int Words(int count) => (count + 63) >> 6;

    public static bool Has(ReadOnlySpan<ulong> bits, int index) => (bits[index >> 6] & (1UL << (index & 63))) != 0;

    public static void Set(Span<ulong> bits, int index) => bits[index >> 6] |= 1UL << (index & 63);

    /// <summary>Sets a stretch of bits, from inclusive to exclusive.</summary>
    public static void SetAll(Span<ulong> bits, int from, int to)
    {
        for (; from < to && (from & 63) != 0; from++)
        {
            Set(bits, from);
        }

        for (; from + 64 <= to; from += 64)
        {
            bits[from >> 6] = ulong.MaxValue;
        }

        if (from < to)
        {
            bits[from >> 6] |= (1UL << (to - from)) - 1;
        }
    }

    /// <summary>How many of the first count bits are set.</summary>
    public static int Population(ReadOnlySpan<ulong> bits, int count)
    {
        var set = 0;
        for (var word = 0; word < count >> 6; word++)
        {
            set += BitOperations.PopCount(bits[word]);
        }

        return (count & 63) == 0 ? set : set + BitOperations.PopCount(bits[count >> 6] & ((1UL << (count & 63)) - 1));
    }
}
