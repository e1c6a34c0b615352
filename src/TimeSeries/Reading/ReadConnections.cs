using System.Collections.Concurrent;
using NocMonitor.TimeSeries.Compaction;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Read-only connections to the chunks, kept with their buffers for the next reader. Safe for concurrent use; each has one reader at a time.</summary>
internal sealed class ReadConnections(string folder, FlushCount flushes, Action<long> torn) : IDisposable
{
    private const int MostKept = 4;

    private readonly ConcurrentBag<ReaderParts> _idle = [];
    private volatile bool _disposed;

    public ReaderParts Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out var parts) ? parts : new ReaderParts(new ReadConnection(Path.Combine(folder, ChunkFile.Name), flushes), torn);
    }

    public void Return(ReaderParts parts)
    {
        if (_disposed || _idle.Count >= MostKept || !parts.TryClear())
        {
            parts.Dispose();
        }
        else
        {
            _idle.Add(parts);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var parts))
        {
            parts.Dispose();
        }
    }
}
