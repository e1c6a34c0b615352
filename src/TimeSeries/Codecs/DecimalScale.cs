namespace NocMonitor.TimeSeries.Codecs;

/// <summary>
/// Floats that were written as decimals come back as integers times a power of ten: 57.25 is 5725 at scale 2. A value fits a scale only when
/// the division gives the very same 64 bits back, so -0, NaN, infinities and values with 17 digits do not fit and travel as exceptions.
/// </summary>
internal static class DecimalScale
{
    internal const int Largest = 12;

    /// <summary>Beyond 2^53 not every integer is a double, and the division would no longer be exact.</summary>
    private const double Limit = 9007199254740992;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

    public static bool TryScale(long bits, int scale, out long scaled)
    {
        var value = BitConverter.Int64BitsToDouble(bits);
        var product = Math.Round(value * Powers[scale]);
        if (Math.Abs(product) < Limit)
        {
            scaled = (long)product;
            return BitConverter.DoubleToInt64Bits(scaled / Powers[scale]) == bits;
        }

        scaled = 0;
        return false;
    }

    public static long Unscale(long scaled, int scale) => BitConverter.DoubleToInt64Bits(scaled / Powers[scale]);

    /// <summary>
    /// Scales a whole column at the smallest scale that leaves few exceptions; an exception repeats its neighbour, which costs nothing in a
    /// difference. Returns the scale, or -1 when too many values fit none.
    /// </summary>
    public static int Choose(ReadOnlySpan<long> bits, Span<long> scaled, List<int> exceptions)
    {
        var allowed = bits.Length / 16;
        var scale = 0;
        while (scale <= Largest)
        {
            var misfit = Scale(bits, scale, allowed, scaled, exceptions);
            if (misfit < 0)
            {
                return scale;
            }

            exceptions.Add(misfit);
            scale = NextScale(bits, exceptions, scale + 1);
        }

        return -1;
    }

    /// <summary>Fills scaled; returns the index of the exception that was one too many, or -1 when all went well.</summary>
    private static int Scale(ReadOnlySpan<long> bits, int scale, int allowed, Span<long> scaled, List<int> exceptions)
    {
        exceptions.Clear();
        long previous = 0;
        for (var i = 0; i < bits.Length; i++)
        {
            if (TryScale(bits[i], scale, out var value))
            {
                previous = value;
            }
            else
            {
                if (exceptions.Count == allowed)
                {
                    return i;
                }

                exceptions.Add(i);
            }

            scaled[i] = previous;
        }

        return -1;
    }

    /// <summary>The smallest scale at which at least one of the exceptions is none any more.</summary>
    private static int NextScale(ReadOnlySpan<long> bits, List<int> exceptions, int from)
    {
        for (var scale = from; scale <= Largest; scale++)
        {
            foreach (var index in exceptions)
            {
                if (TryScale(bits[index], scale, out _))
                {
                    return scale;
                }
            }
        }

        return Largest + 1;
    }
}
