using System.Buffers;

namespace NocMonitor.Probes.Http;

/// <summary>
/// Reads answers from a connection through one buffer. Everything a server can send is bounded: the head, interim answers, the coding of the body and its
/// length. One answer at a time, one owner.
/// </summary>
internal sealed class HttpReader(Stream stream, TimeProvider time) : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const int LongestHead = 64 * 1024;
    private const int MostInterim = 8;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;

    /// <summary>True when nothing is left of what was read.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>When the first byte of the answer came; null before.</summary>
    public long? FirstByteAt { get; private set; }

    /// <summary>The head of the final answer, or what is wrong with it.</summary>
    public async ValueTask<(HttpHead? Head, string Error)> ReadHeadAsync(CancellationToken token)
    {
        FirstByteAt = null;
        for (var interim = 0; interim <= MostInterim; interim++)
        {
            var (head, error) = await ReadOneHeadAsync(token);

            // 101 would hand the connection over to another protocol, which nobody asked for.
            if (head is null or { Status: >= 200 } or { Status: 101 })
            {
                return (head, error);
            }
        }

        return (null, "the server sends interim answers without end");
    }

    /// <summary>Reads the body that follows a head. Null when it came whole, else what is wrong.</summary>
    public async ValueTask<string?> ReadBodyAsync(HttpHead head, HttpBody body, CancellationToken token) =>
        head.Chunked ? await ReadChunksAsync(body, token) : await ReadPlainAsync(head.ContentLength, body, token);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<(HttpHead? Head, string Error)> ReadOneHeadAsync(CancellationToken token)
    {
        for (var searched = 0; ;)
        {
            var bytes = _buffer.AsMemory(_start, _end - _start);
            var length = HttpHead.FindEnd(bytes.Span, searched);
            if (length > 0)
            {
                _start += length;
                return HttpHead.Parse(bytes.Span[..length]);
            }

            searched = bytes.Length;
            if (!HttpHead.MayBegin(bytes.Span))
            {
                return (null, HttpHead.NotHttp);
            }

            if (bytes.Length >= LongestHead)
            {
                return (null, $"the head of the answer is longer than {LongestHead} bytes");
            }

            if (!await FillAsync(token))
            {
                return (null, FirstByteAt is null ? "the connection was closed without an answer" : "the connection was closed within the head of the answer");
            }
        }
    }

    private async ValueTask<string?> ReadPlainAsync(long? length, HttpBody body, CancellationToken token)
    {
        var missing = length ?? long.MaxValue;
        while (missing > 0)
        {
            if (_start == _end && !await FillAsync(token))
            {
                return length is null ? null : "the connection was closed within the body";
            }

            var part = (int)Math.Min(missing, _end - _start);
            if (!Take(part, body))
            {
                return TooLong(body);
            }

            missing -= part;
        }

        return null;
    }

    private async ValueTask<string?> ReadChunksAsync(HttpBody body, CancellationToken token)
    {
        var decoder = default(ChunkedDecoder);
        while (true)
        {
            var part = decoder.Next(_buffer.AsSpan(_start, _end - _start), out var consumed, out var data);
            _start += consumed - data;
            switch (part)
            {
                case ChunkPart.End:
                    return null;
                case ChunkPart.Invalid:
                    return "the body is not in the chunked coding that its head names";
                case ChunkPart.Data when !Take(data, body):
                    return TooLong(body);
                case ChunkPart.NeedMore when !await FillAsync(token):
                    return "the connection was closed within the body";
            }
        }
    }

    private static string TooLong(HttpBody body) => $"the body is longer than MaxResponse, {body.Length} bytes";

    private bool Take(int count, HttpBody body)
    {
        var taken = body.Append(_buffer.AsSpan(_start, count));
        _start += count;
        return taken;
    }

    /// <summary>Reads more into the buffer. False at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken token)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), token);
        FirstByteAt ??= read > 0 ? time.GetTimestamp() : null;
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
