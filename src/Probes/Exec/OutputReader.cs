using System.Buffers;
using System.Text;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// Reads a pipe to its end in the background, keeps the start of what comes and throws the rest away. What came so far can be asked for at any time; the
/// stream is closed when the reading ends: at the end of the stream, when it breaks, or when cancelled.
/// </summary>
internal sealed class OutputReader
{
    private const int BlockBytes = 4096;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _kept;
    private readonly Stream _stream;
    private readonly int _limit;
    private bool _truncated;

    /// <param name="limit">Bytes that are kept.</param>
    public OutputReader(Stream stream, int limit, CancellationToken token)
    {
        _kept = new ArrayBufferWriter<byte>(Math.Min(limit, BlockBytes));
        _stream = stream;
        _limit = limit;
        Ended = ReadAsync(token);
    }

    /// <summary>Completes, never with an error, when the reading has ended.</summary>
    public Task Ended { get; }

    /// <summary>True when more came than is kept.</summary>
    public bool IsTruncated
    {
        get
        {
            lock (_lock)
            {
                return _truncated;
            }
        }
    }

    /// <summary>What is kept so far, as UTF-8. A null character ends no text, and line protocol has no way to say it: it is left out.</summary>
    public string Text()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString(_kept.WrittenSpan).Replace("\0", "", StringComparison.Ordinal);
        }
    }

    /// <summary>Ends a read that cancelling does not reach: on Windows a pipe is read by a thread that waits in the kernel.</summary>
    public void Interrupt()
    {
        if (OperatingSystem.IsWindows() && !Ended.IsCompleted && _stream is FileStream file)
        {
            WindowsPipe.CancelReads(file.SafeFileHandle);
        }
    }

    private async Task ReadAsync(CancellationToken token)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (await _stream.ReadAsync(block, token) is var count and > 0)
            {
                Keep(block.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // What came so far is the answer; the other end of the pipe is none of ours any more.
            return;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            await _stream.DisposeAsync();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var room = Math.Min(bytes.Length, _limit - _kept.WrittenCount);
            _kept.Write(bytes[..room]);
            _truncated |= room < bytes.Length;
        }
    }
}
