using NocMonitor.Probes.Http;

namespace NocMonitor.Fuzz;

/// <summary>What an HTTP server can answer: the end of a head is found however the bytes arrive, a head parses or not, a chunked body is the same wherever it is cut.</summary>
internal static class HttpTarget
{
    public static void RunHead(ReadOnlySpan<byte> input)
    {
        var end = HttpHead.FindEnd(input, 0);
        var found = 0;
        for (var length = 1; length <= input.Length && found == 0; length++)
        {
            found = HttpHead.FindEnd(input[..length], length - 1);
        }

        Require(found == end, "the end of the head depends on how it arrives");
        var (head, error) = HttpHead.Parse(input[..end]);
        Require(head is null ? error.Length > 0 : head is { Status: >= 100 and <= 999, ContentLength: null or >= 0, Reason.Length: <= 80 }, "neither a head nor an error");
        Require(head is null || HttpHead.MayBegin(input), "a head that cannot begin");
    }

    public static void RunChunked(ReadOnlySpan<byte> input)
    {
        var whole = Decode(input, input.Length + 1);
        var pieces = Decode(input, 1 + (input.Length > 0 ? input[0] % 7 : 0));
        Require(whole.Last == pieces.Last && whole.Bytes.SequenceEqual(pieces.Bytes), "the body depends on where it is cut");
    }

    private static (List<byte> Bytes, ChunkPart Last) Decode(ReadOnlySpan<byte> input, int size)
    {
        var bytes = new List<byte>();
        var decoder = default(ChunkedDecoder);
        for (var position = 0; ;)
        {
            var part = decoder.Next(input.Slice(position, Math.Min(size, input.Length - position)), out var consumed, out var data);
            position += consumed;
            Require(data <= consumed, "more data than bytes");
            bytes.AddRange(input.Slice(position - data, data));
            if (part is ChunkPart.End or ChunkPart.Invalid || (part == ChunkPart.NeedMore && position == input.Length))
            {
                return (bytes, part);
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
