using System.Numerics;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>
/// Integers whose frequent values take fewer bits than their rare ones: the distance from the smallest is cut into a bucket, written in a Huffman code made for these numbers,
/// and its low bits, written as they are. What remains above the entropy of the data is the table and a few hundredths of a bit a value. One thread at a time.
/// </summary>
internal sealed partial class EntropyPacking
{
    /// <summary>Code and low bits of a value are read with one load of 64 bits, of which up to 7 belong to the value before.</summary>
    private const int MostLowBits = 57 - BucketCode.LongestCode;

    /// <summary>Fewer values than this never earn back their table.</summary>
    private const int FewestValues = 32;

    private const int FineBuckets = 4 * BucketCode.MostBuckets;
    private const int HeaderBits = 16;

    private readonly int[] _counts = new int[FineBuckets];
    private readonly int[] _best = new int[BucketCode.MostBuckets];
    private readonly BucketCode _code = new();
    private long[] _differences = [];

    /// <summary>Work space for the differences of a column.</summary>
    public Span<long> Differences(ReadOnlySpan<long> values)
    {
        if (_differences.Length < values.Length)
        {
            _differences = new long[Math.Max(values.Length, 512)];
        }

        var differences = _differences.AsSpan(0, values.Length - 1);
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = unchecked(values[i + 1] - values[i]);
        }

        return differences;
    }

    /// <summary>Writes the values when that takes fewer bits than the limit; otherwise nothing.</summary>
    public bool TryEncode(ReadOnlySpan<long> values, long limitBits, ByteWriter output)
    {
        if (values.Length < FewestValues)
        {
            return false;
        }

        var (minimum, range) = Range(values);
        var buckets = Choose(values, minimum, range, limitBits, out var lowBits);
        if (buckets == 0)
        {
            return false;
        }

        _code.Build(_best.AsSpan(0, buckets));
        if (Bits(buckets, lowBits, values.Length) + (8 * ByteWriter.VarintLength(ZigZag.Encode(minimum))) >= limitBits)
        {
            return false;
        }

        output.ZigZag(minimum);
        Write(values, minimum, buckets, lowBits, output);
        return true;
    }

    private static (long Minimum, ulong Range) Range(ReadOnlySpan<long> values)
    {
        var (minimum, maximum) = (values[0], values[0]);
        foreach (var value in values)
        {
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        return (minimum, unchecked((ulong)maximum - (ulong)minimum));
    }

    /// <summary>Counts fine buckets once, joins them pair by pair, and keeps the width at which code and low bits promise to be shortest. Gives the number of buckets, 0 when none is.</summary>
    private int Choose(ReadOnlySpan<long> values, long minimum, ulong range, long limitBits, out int lowBits)
    {
        lowBits = 0;
        var low = Math.Max(0, 64 - BitOperations.LeadingZeroCount(range) - BitOperations.Log2(FineBuckets));
        var buckets = (int)(range >> low) + 1;
        Count(values, minimum, low);
        var chosen = 0;
        for (double best = limitBits; buckets > 1 && low <= MostLowBits; low++, buckets = Join(buckets))
        {
            if (buckets > BucketCode.MostBuckets)
            {
                continue;
            }

            var bits = BucketEntropy.Bits(_counts.AsSpan(0, buckets), values.Length) + ((double)low * values.Length) + (2 * buckets);
            if (bits < best)
            {
                (best, lowBits, chosen) = (bits, low, buckets);
                _counts.AsSpan(0, buckets).CopyTo(_best);
            }
        }

        return chosen;
    }

    private void Count(ReadOnlySpan<long> values, long minimum, int low)
    {
        var counts = _counts;
        Array.Clear(counts);
        foreach (var value in values)
        {
            counts[(int)(unchecked((ulong)(value - minimum)) >> low)]++;
        }
    }

    private int Join(int buckets)
    {
        for (var i = 0; i < buckets; i++)
        {
            var (left, right) = (2 * i, (2 * i) + 1);
            _counts[i] = left >= buckets ? 0 : _counts[left] + (right < buckets ? _counts[right] : 0);
        }

        return (buckets + 1) / 2;
    }

    private long Bits(int buckets, int lowBits, int values)
    {
        var bits = HeaderBits + _code.LengthBits(buckets) + ((long)lowBits * values);
        for (var i = 0; i < buckets; i++)
        {
            bits += (long)_best[i] * _code.Lengths[i];
        }

        return bits;
    }

    private void Write(ReadOnlySpan<long> values, long minimum, int buckets, int lowBits, ByteWriter output)
    {
        var bits = new BitWriter(output);
        bits.Write((uint)lowBits, 6);
        bits.Write((uint)buckets - 1, 6);
        bits.Write((uint)_code.Longest, 4);
        _code.WriteLengths(buckets, ref bits);
        var codes = _code.Codes;
        var lengths = _code.Lengths;
        var mask = (1UL << lowBits) - 1;
        foreach (var value in values)
        {
            var distance = unchecked((ulong)(value - minimum));
            var bucket = (int)(distance >> lowBits);
            bits.Write(((ulong)codes[bucket] << lowBits) | (distance & mask), lengths[bucket] + lowBits);
        }

        bits.Flush();
    }
}
