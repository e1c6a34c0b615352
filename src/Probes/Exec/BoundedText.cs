using System.Buffers;
using System.Text;

namespace NocMonitor.Probes.Exec;

/// <summary>The start of a stream as text.</summary>
internal readonly record struct BoundedText(string Text, bool Truncated)
{
    private const int BlockBytes = 4096;

    /// <summary>
    /// Reads a stream to its end, keeps so many bytes of it as UTF-8 and throws the rest away. Ends early, with what came, when cancelled or when the
    /// stream breaks.
    /// </summary>
    public static async Task<BoundedText> ReadAsync(Stream stream, int limit, CancellationToken token)
    {
        var kept = new ArrayBufferWriter<byte>(Math.Min(limit, BlockBytes));
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var truncated = false;
        try
        {
            while (await stream.ReadAsync(block, token) is var count and > 0)
            {
                var room = Math.Min(count, limit - kept.WrittenCount);
                kept.Write(block.AsSpan(0, room));
                truncated |= room < count;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // What came so far is the answer; the pipe's other end is none of ours any more.
            return new BoundedText(Decode(kept), truncated);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return new BoundedText(Decode(kept), truncated);
    }

    // A null character ends no text, and line protocol has no way to say it.
    private static string Decode(ArrayBufferWriter<byte> kept) => Encoding.UTF8.GetString(kept.WrittenSpan).Replace("\0", "", StringComparison.Ordinal);
}
