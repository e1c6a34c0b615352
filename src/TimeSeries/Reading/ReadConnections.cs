using System.Collections.Concurrent;
using NocMonitor.TimeSeries.Compaction;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Read-only connections to the chunks, kept for the next reader. Safe for concurrent use; each connection has one reader at a time.</summary>
internal sealed class ReadConnections(string folder, FlushCount flushes) : IDisposable
{
    private const int MostKept = 4;

    private readonly ConcurrentBag<ReadConnection> _idle = [];
    private volatile bool _disposed;

    public ReadConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out var connection) ? connection : new ReadConnection(Path.Combine(folder, ChunkFile.Name), flushes);
    }

    public void Return(ReadConnection connection)
    {
        if (_disposed || _idle.Count >= MostKept)
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
