using System.Collections.Concurrent;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Tests;

/// <summary>A sink that keeps the points it was given and wakes a test that waits for some of them.</summary>
internal sealed class RecordedPoints : IPointSink
{
    private readonly ConcurrentQueue<Point> _points = new();
    private readonly SemaphoreSlim _added = new(0);

    public IReadOnlyList<Point> All => [.. _points];

    public void Add(Point point)
    {
        _points.Enqueue(point);
        _added.Release();
    }

    /// <summary>Waits for one more point than were waited for before.</summary>
    public Task NextAsync(CancellationToken token) => _added.WaitAsync(token);

    public Point Single() => _points.Single();
}
