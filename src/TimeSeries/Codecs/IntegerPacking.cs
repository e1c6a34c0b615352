using System.Runtime.InteropServices;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>
/// Any 64-bit integers in few bits: the numbers themselves or their differences, whichever packs smaller, in blocks of 64. A block is either
/// zig-zag coded around zero or taken relative to its smallest number, and bit packed at the width its largest needs; a straight line costs
/// two bytes a block. With <see cref="EntropyPacking"/> at hand the blocks give way where that packs smaller. All arithmetic wraps, so every input comes back exactly.
/// </summary>
internal static class IntegerPacking
{
    internal const int BlockSize = 64;

    private const byte Plain = 0;
    private const byte Delta = 1;
    private const byte CodedPlain = 2;
    private const byte CodedDelta = 3;
    private const byte RelativeToMinimum = 0x80;

    public static void Encode(ReadOnlySpan<long> values, ByteWriter output, EntropyPacking? entropy = null)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var (plain, delta) = (Cost(values, delta: false), Cost(values, delta: true));
        var useDelta = FirstBits(values) + delta < plain;
        var start = output.Length;
        output.Byte(useDelta ? CodedDelta : CodedPlain);
        if (useDelta)
        {
            output.ZigZag(values[0]);
        }

        if (entropy is null || !entropy.TryEncode(useDelta ? entropy.Differences(values) : values, useDelta ? delta : plain, output))
        {
            output.Truncate(start);
            EncodeBlocks(values, useDelta, output);
        }
    }

    private static void EncodeBlocks(ReadOnlySpan<long> values, bool useDelta, ByteWriter output)
    {
        output.Byte(useDelta ? Delta : Plain);
        if (useDelta)
        {
            output.ZigZag(values[0]);
        }

        Span<long> residuals = stackalloc long[BlockSize];
        for (var start = useDelta ? 1 : 0; start < values.Length; start += BlockSize)
        {
            var block = residuals[..Math.Min(BlockSize, values.Length - start)];
            Residuals(values, start, useDelta, block);
            EncodeBlock(block, output);
        }
    }

    public static void Decode(ref ByteReader input, Span<long> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        switch (input.Byte())
        {
            case Plain:
                DecodeBlocks(ref input, values);
                break;
            case Delta:
                values[0] = input.ZigZag();
                DecodeBlocks(ref input, values[1..]);
                SumUp(values);
                break;
            case CodedPlain:
                EntropyPacking.Decode(ref input, values);
                break;
            case CodedDelta:
                values[0] = input.ZigZag();
                EntropyPacking.Decode(ref input, values[1..]);
                SumUp(values);
                break;
            default:
                throw new TornDataException("an unknown integer packing");
        }
    }

    private static void SumUp(Span<long> values)
    {
        var sum = values[0];
        for (var i = 1; i < values.Length; i++)
        {
            sum = unchecked(sum + values[i]);
            values[i] = sum;
        }
    }

    private static void Residuals(ReadOnlySpan<long> values, int start, bool delta, Span<long> block)
    {
        var current = values.Slice(start, block.Length);
        if (!delta)
        {
            current.CopyTo(block);
            return;
        }

        var previous = values.Slice(start - 1, block.Length);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = unchecked(current[i] - previous[i]);
        }
    }

    private static long FirstBits(ReadOnlySpan<long> values) => 8L * ByteWriter.VarintLength(ZigZag.Encode(values[0]));

    /// <summary>The packed size in bits of all blocks, without packing them.</summary>
    private static long Cost(ReadOnlySpan<long> values, bool delta)
    {
        var bits = 0L;
        Span<long> residuals = stackalloc long[BlockSize];
        for (var start = delta ? 1 : 0; start < values.Length; start += BlockSize)
        {
            var block = residuals[..Math.Min(BlockSize, values.Length - start)];
            Residuals(values, start, delta, block);
            bits += BlockShape.Of(block).Bits;
        }

        return bits;
    }

    private static void EncodeBlock(Span<long> block, ByteWriter output)
    {
        var shape = BlockShape.Of(block);
        output.Byte((byte)(shape.Width | (shape.Relative ? RelativeToMinimum : 0)));
        Span<ulong> packed = stackalloc ulong[BlockSize];
        packed = packed[..block.Length];
        if (shape.Relative)
        {
            output.ZigZag(shape.Minimum);
            for (var i = 0; i < block.Length; i++)
            {
                packed[i] = unchecked((ulong)(block[i] - shape.Minimum));
            }
        }
        else
        {
            for (var i = 0; i < block.Length; i++)
            {
                packed[i] = ZigZag.Encode(block[i]);
            }
        }

        BitPacking.Pack(packed, shape.Width, output);
    }

    private static void DecodeBlocks(ref ByteReader input, Span<long> values)
    {
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(BlockSize, values.Length)];
            values = values[block.Length..];
            DecodeBlock(ref input, block);
        }
    }

    private static void DecodeBlock(ref ByteReader input, Span<long> block)
    {
        var header = input.Byte();
        var width = header & ~RelativeToMinimum;
        if (width > 64)
        {
            throw new TornDataException("a block wider than 64 bits");
        }

        var relative = (header & RelativeToMinimum) != 0;
        var minimum = relative ? input.ZigZag() : 0;
        if (width == 0)
        {
            block.Fill(minimum);
            return;
        }

        BitPacking.Unpack(input.Bytes(BitPacking.Bytes(block.Length, width)), width, MemoryMarshal.Cast<long, ulong>(block));
        if (relative)
        {
            for (var i = 0; i < block.Length; i++)
            {
                block[i] = unchecked(block[i] + minimum);
            }
        }
        else
        {
            for (var i = 0; i < block.Length; i++)
            {
                block[i] = ZigZag.Decode((ulong)block[i]);
            }
        }
    }
}
