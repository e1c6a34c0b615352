using System.Collections.Concurrent;
using NocMonitor.Probes.Host.Disk;

namespace NocMonitor.Probes.Tests.Host.Disk;

/// <summary>File systems of which some do not answer until they are let go, as dead NFS mounts do. Counts how often each was asked.</summary>
internal sealed class BlockingDisks : IDisposable
{
    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _dead = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _left = new(0);

    public int Asked(string path) => _asked.GetValueOrDefault(path);

    public void Kill(string path) => _dead[path] = new ManualResetEventSlim();

    /// <summary>Lets a dead one go and waits until its call has returned.</summary>
    public async Task ReviveAsync(string path)
    {
        _dead.Remove(path, out var gate);
        gate!.Set();
        await _left.WaitAsync();
    }

    /// <summary>Waits until one more call is stuck than was waited for before.</summary>
    public Task EnteredAsync() => _entered.WaitAsync();

    public DiskSpace Read(Mount mount)
    {
        _asked.AddOrUpdate(mount.Path, 1, static (_, count) => count + 1);
        if (_dead.TryGetValue(mount.Path, out var gate))
        {
            _entered.Release();
            gate.Wait();
            _left.Release();
        }

        return new DiskSpace { Total = 1000, Free = 500, Available = 400 };
    }

    public void Dispose()
    {
        foreach (var gate in _dead.Values)
        {
            gate.Set();
        }
    }
}
