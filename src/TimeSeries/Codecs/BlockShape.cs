using System.Numerics;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>How a block of integers packs best: zig-zag coded, or relative to the smallest, at the width the largest needs.</summary>
internal readonly record struct BlockShape(bool Relative, int Width, long Minimum, long Bits)
{
    public static BlockShape Of(ReadOnlySpan<long> block)
    {
        var (minimum, maximum) = Range(block);
        var zigZagWidth = BitWidth(Math.Max(ZigZag.Encode(minimum), ZigZag.Encode(maximum)));
        var relativeWidth = BitWidth(unchecked((ulong)maximum - (ulong)minimum));
        var zigZagBits = 8 + ((long)block.Length * zigZagWidth);
        var relativeBits = 8 + (8 * ByteWriter.VarintLength(ZigZag.Encode(minimum))) + ((long)block.Length * relativeWidth);
        return relativeBits < zigZagBits
            ? new BlockShape(true, relativeWidth, minimum, relativeBits)
            : new BlockShape(false, zigZagWidth, 0, zigZagBits);
    }

    private static (long Minimum, long Maximum) Range(ReadOnlySpan<long> block)
    {
        var minimum = block[0];
        var maximum = minimum;
        foreach (var value in block)
        {
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        return (minimum, maximum);
    }

    private static int BitWidth(ulong value) => 64 - BitOperations.LeadingZeroCount(value);
}
