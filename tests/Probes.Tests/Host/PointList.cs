using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Tests.Host;

/// <summary>Keeps the points of one or more rounds.</summary>
internal sealed class PointList : IPointSink
{
    private readonly List<Point> _points = [];

    public IReadOnlyList<Point> All
    {
        get
        {
            lock (_points)
            {
                return [.. _points];
            }
        }
    }

    public void Add(Point point)
    {
        lock (_points)
        {
            _points.Add(point);
        }
    }

    /// <summary>The points of one round.</summary>
    public static async Task<IReadOnlyList<Point>> OfRoundAsync(IProbe probe)
    {
        var list = new PointList();
        await probe.ProbeAsync(list, CancellationToken.None);
        return list.All;
    }
}
