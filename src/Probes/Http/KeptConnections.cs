using System.Collections.Concurrent;

namespace NocMonitor.Probes.Http;

/// <summary>
/// Idle connections between rounds, at most one a target, when the probe keeps them. A connection is either in here or with the one attempt that took
/// it. Safe for concurrent use.
/// </summary>
internal sealed class KeptConnections : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpConnection> _idle = new(StringComparer.Ordinal);

    /// <summary>The target's idle connection; null when there is none that still stands.</summary>
    public async ValueTask<HttpConnection?> TakeAsync(string target)
    {
        if (!_idle.TryRemove(target, out var connection))
        {
            return null;
        }

        if (connection.IsIdle)
        {
            return connection;
        }

        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask KeepAsync(string target, HttpConnection connection)
    {
        if (!_idle.TryAdd(target, connection))
        {
            await connection.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var target in _idle.Keys)
        {
            if (_idle.TryRemove(target, out var connection))
            {
                await connection.DisposeAsync();
            }
        }
    }
}
