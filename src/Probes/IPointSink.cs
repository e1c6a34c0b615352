using NocMonitor.LineProtocol;

namespace NocMonitor.Probes;

/// <summary>Takes the points of a probe's round. Safe for concurrent calls: targets of one round report side by side.</summary>
public interface IPointSink
{
    /// <summary>Takes the point over; the caller does not touch it again. A missing timestamp becomes the time of this call.</summary>
    void Add(Point point);

    /// <summary>Takes what the point says now; it stays the caller's, who may have made it over by the time of the next call. It comes back with tags added.</summary>
    void AddCopy(Point point) => Add(point.Copy());
}
