using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Snmp;

/// <summary>
/// Points of polls on their way to the round that is open. A poll may outlast its round; what it finds between two rounds waits for the next, and
/// beyond a bound the oldest is dropped. Any thread; everything is under the lock.
/// </summary>
internal sealed class RoundPoints : IPointSink
{
    private const int MostWaiting = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<Point> _waiting = new();
    private IPointSink? _open;

    /// <summary>Points dropped because no round came to take them.</summary>
    public long Dropped { get; private set; }

    public void Open(IPointSink points)
    {
        lock (_lock)
        {
            _open = points;
            while (_waiting.TryDequeue(out var point))
            {
                points.Add(point);
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _open = null;
        }
    }

    public void Add(Point point)
    {
        lock (_lock)
        {
            if (_open is { } points)
            {
                points.Add(point);
            }
            else
            {
                KeepLocked(point);
            }
        }
    }

    public void AddCopy(Point point)
    {
        lock (_lock)
        {
            if (_open is { } points)
            {
                points.AddCopy(point);
            }
            else
            {
                KeepLocked(point.Copy());
            }
        }
    }

    private void KeepLocked(Point point)
    {
        if (_waiting.Count == MostWaiting)
        {
            _waiting.Dequeue();
            Dropped++;
        }

        _waiting.Enqueue(point);
    }
}
