using NocMonitor.LineProtocol;

namespace NocMonitor.Probes;

/// <summary>Takes the points of a probe's round. Safe for concurrent calls: targets of one round report side by side.</summary>
public interface IPointSink
{
    /// <summary>Takes the point over; the caller does not touch it again. A missing timestamp becomes the time of this call.</summary>
    void Add(Point point);
}
