using Snappier;

namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>The block form of Snappy, whose size stands in front. That size is the sender's claim and is not believed before memory is taken for it.</summary>
internal static class SnappyBlock
{
    /// <summary>The best that an element can do: three bytes that stand for 64.</summary>
    private const int BestRatio = 22;

    /// <returns>The size after decompression, or null when the block is none: no size in front, or more than its bytes can stand for.</returns>
    public static long? ReadSize(ReadOnlySpan<byte> block)
    {
        long size = 0;
        for (var i = 0; i < Math.Min(block.Length, 5); i++)
        {
            size |= (long)(block[i] & 0x7F) << (7 * i);
            if (block[i] < 0x80)
            {
                return size <= (long)block.Length * BestRatio ? size : null;
            }
        }

        return null;
    }

    /// <param name="output">Of the size that <see cref="ReadSize"/> found.</param>
    public static bool TryDecompress(ReadOnlySpan<byte> block, Span<byte> output)
    {
        try
        {
            return Snappy.TryDecompress(block, output, out var written) && written == output.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
