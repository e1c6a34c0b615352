namespace NocMonitor.TimeSeries.Codecs;

/// <summary>
/// A canonical Huffman code over at most 64 buckets, by its code lengths alone: codes ascend by length, then by bucket. Lengths are written as steps from one bucket to the
/// next, because neighbours are about equally frequent. One thread at a time; its work space is reused.
/// </summary>
internal sealed class BucketCode
{
    public const int MostBuckets = 64;
    public const int LongestCode = 10;

    private readonly int[] _counts = new int[MostBuckets];
    private readonly int[] _weights = new int[2 * MostBuckets];
    private readonly int[] _parents = new int[2 * MostBuckets];
    private readonly int[] _order = new int[MostBuckets];
    private readonly byte[] _lengths = new byte[MostBuckets];
    private readonly ushort[] _codes = new ushort[MostBuckets];

    /// <summary>Bits a bucket's code takes; 0 for one that does not occur.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths;

    public ReadOnlySpan<ushort> Codes => _codes;

    public int Longest { get; private set; }

    /// <summary>Finds the best lengths for how often each bucket occurs; at least two must.</summary>
    public void Build(ReadOnlySpan<int> counts)
    {
        counts.CopyTo(_counts);
        Array.Clear(_lengths);
        while (Measure(counts.Length) > LongestCode)
        {
            // Evening out the counts shortens the longest codes and costs the frequent ones next to nothing.
            for (var i = 0; i < counts.Length; i++)
            {
                _counts[i] = (_counts[i] + 1) / 2;
            }
        }

        Assign(_lengths.AsSpan(0, counts.Length), Longest, _codes);
    }

    public void WriteLengths(int buckets, ref BitWriter output)
    {
        var previous = Longest;
        for (var i = 0; i < buckets; i++)
        {
            var length = _lengths[i] == 0 ? Longest + 1 : _lengths[i];
            var ones = (int)ZigZag.Encode(length - previous);
            output.Write((1UL << (ones + 1)) - 2, ones + 1);
            previous = length;
        }
    }

    /// <summary>Bits that <see cref="WriteLengths"/> takes.</summary>
    public int LengthBits(int buckets)
    {
        var (bits, previous) = (0, Longest);
        for (var i = 0; i < buckets; i++)
        {
            var length = _lengths[i] == 0 ? Longest + 1 : _lengths[i];
            bits += (int)ZigZag.Encode(length - previous) + 1;
            previous = length;
        }

        return bits;
    }

    public static void ReadLengths(ref BitReader input, int longest, scoped Span<byte> lengths)
    {
        var previous = longest;
        for (var i = 0; i < lengths.Length; i++)
        {
            var ones = 0UL;
            while (input.Bit())
            {
                ones++;
            }

            previous += (int)ZigZag.Decode(ones);
            if (previous < 1 || previous > longest + 1)
            {
                throw new TornDataException("a code length out of range");
            }

            lengths[i] = (byte)(previous > longest ? 0 : previous);
        }
    }

    /// <summary>Fills a table that gives bucket and length (bucket * 16 + length) for the next bits, as many as the longest code has.</summary>
    public static void FillTable(ReadOnlySpan<byte> lengths, int longest, Span<ushort> table)
    {
        var next = 0;
        for (var length = 1; length <= longest; length++)
        {
            var share = 1 << (longest - length);
            for (var i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] == length)
                {
                    if (next + share > table.Length)
                    {
                        throw new TornDataException("more codes than fit");
                    }

                    table.Slice(next, share).Fill((ushort)((i << 4) | length));
                    next += share;
                }
            }
        }

        if (next != table.Length)
        {
            throw new TornDataException("a code with gaps");
        }
    }

    private static void Assign(ReadOnlySpan<byte> lengths, int longest, Span<ushort> codes)
    {
        var next = 0;
        for (var length = 1; length <= longest; length++)
        {
            next <<= 1;
            for (var i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] == length)
                {
                    codes[i] = (ushort)next++;
                }
            }
        }
    }

    /// <summary>Huffman's algorithm with two queues: leaves sorted by count, and joined pairs, which come out ascending by themselves.</summary>
    private int Measure(int buckets)
    {
        var leaves = SortLeaves(buckets);
        var (leaf, pair, end) = (0, leaves, leaves);
        for (; end < (2 * leaves) - 1; end++)
        {
            var first = Take(ref leaf, ref pair, leaves, end);
            var second = Take(ref leaf, ref pair, leaves, end);
            _weights[end] = _weights[first] + _weights[second];
            _parents[first] = _parents[second] = end;
        }

        Span<byte> depths = stackalloc byte[2 * MostBuckets];
        depths[end - 1] = 0;
        Longest = 0;
        for (var node = end - 2; node >= 0; node--)
        {
            depths[node] = (byte)(depths[_parents[node]] + 1);
            if (node < leaves)
            {
                _lengths[_order[node]] = depths[node];
                Longest = Math.Max(Longest, depths[node]);
            }
        }

        return Longest;
    }

    private int SortLeaves(int buckets)
    {
        var leaves = 0;
        for (var i = 0; i < buckets; i++)
        {
            if (_counts[i] > 0)
            {
                _weights[leaves] = _counts[i];
                _order[leaves++] = i;
            }
        }

        Array.Sort(_weights, _order, 0, leaves);
        return leaves;
    }

    private int Take(ref int leaf, ref int pair, int leaves, int end) =>
        leaf < leaves && (pair >= end || _weights[leaf] <= _weights[pair]) ? leaf++ : pair++;
}
