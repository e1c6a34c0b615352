using System.Buffers.Binary;

namespace NocMonitor.TimeSeries.Codecs;

/// <content>The way back, which needs no state.</content>
internal sealed partial class EntropyPacking
{
    public static void Decode(ref ByteReader input, Span<long> values)
    {
        var minimum = input.ZigZag();
        var source = input.Bytes(input.Remaining);
        var header = new BitReader(source);
        var lowBits = (int)header.Read(6);
        var buckets = (int)header.Read(6) + 1;
        var longest = (int)header.Read(4);
        if (lowBits > MostLowBits || longest is < 1 or > BucketCode.LongestCode)
        {
            throw new TornDataException("a code out of range");
        }

        Span<byte> lengths = stackalloc byte[BucketCode.MostBuckets];
        lengths = lengths[..buckets];
        BucketCode.ReadLengths(ref header, longest, lengths);
        Span<ushort> table = stackalloc ushort[1 << BucketCode.LongestCode];
        table = table[..(1 << longest)];
        BucketCode.FillTable(lengths, longest, table);
        var used = Read(source, header.Position, table, longest, lowBits, minimum, values);
        input = new ByteReader(source[used..]);
    }

    /// <summary>Gives the number of bytes the values end with.</summary>
    private static int Read(ReadOnlySpan<byte> source, long position, ReadOnlySpan<ushort> table, int longest, int lowBits, long minimum, Span<long> values)
    {
        var end = source.Length * 8L;
        var lowMask = (1UL << lowBits) - 1;
        for (var i = ReadMany(source, ref position, table, longest, lowBits, minimum, values); i < values.Length; i++)
        {
            if (position >= end)
            {
                throw TornDataException.TooShort();
            }

            var next = Load(source, (int)(position >> 3)) << (int)(position & 7);
            var entry = table[(int)(next >> (64 - longest))];
            var taken = (entry & 15) + lowBits;
            values[i] = unchecked(minimum + (long)(((ulong)(entry >> 4) << lowBits) | ((next >> (64 - taken)) & lowMask)));
            position += taken;
        }

        return position <= end ? (int)((position + 7) >> 3) : throw TornDataException.TooShort();
    }

    /// <summary>
    /// Reads values as long as 64 bits can be loaded at a stroke, and as many of each load as are surely whole in it; the position moves. Gives how many. This is where queries spend
    /// most of their time.
    /// </summary>
    private static int ReadMany(ReadOnlySpan<byte> source, ref long position, ReadOnlySpan<ushort> table, int longest, int lowBits, long minimum, Span<long> values)
    {
        var (at, read, lowMask) = (position, 0, (1UL << lowBits) - 1);
        var (most, tableShift) = (longest + lowBits, 64 - longest);
        while (read < values.Length && (int)(at >> 3) is var first && first <= source.Length - sizeof(ulong))
        {
            var next = BinaryPrimitives.ReadUInt64BigEndian(source[first..]) << (int)(at & 7);
            var left = 64 - (int)(at & 7);
            var before = left;
            do
            {
                var entry = table[(int)(next >> tableShift)];
                var taken = (entry & 15) + lowBits;
                values[read++] = unchecked(minimum + (long)(((ulong)(entry >> 4) << lowBits) | ((next >> (64 - taken)) & lowMask)));
                next <<= taken;
                left -= taken;
            }
            while (left >= most && read < values.Length);

            at += before - left;
        }

        position = at;
        return read;
    }

    private static ulong Load(ReadOnlySpan<byte> source, int first)
    {
        if (source.Length - first >= 8)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(source[first..]);
        }

        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        source[first..].CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
