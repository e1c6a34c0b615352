namespace NocMonitor.Collector.Ingest.RemoteWrite;

/// <summary>The lines of a request as the body that the reader of line protocol expects. One reader; forward only.</summary>
internal sealed class RemoteWriteStream(RemoteWriteLines lines) : Stream
{
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && (!_rest.IsEmpty || NextLine()))
        {
            var count = Math.Min(_rest.Length, buffer.Length - filled);
            _rest.Span[..count].CopyTo(buffer[filled..]);
            _rest = _rest[count..];
            filled += count;
        }

        return filled;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Never waits: the request is in memory.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool NextLine()
    {
        if (!lines.Next())
        {
            return false;
        }

        _rest = lines.Line;
        return true;
    }
}
