using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Notify;

/// <summary>What the dispatcher counts. Any thread.</summary>
internal sealed class NotifyMetrics
{
    private readonly Counter<long> _sent;
    private readonly Histogram<double> _time;

    public NotifyMetrics(CollectorMeter collector)
    {
        _sent = collector.Meter.CreateCounter<long>("nocmonitor.notify.sent", "{notification}", "Notifications by receiver and how their sending ended.");
        _time = collector.Meter.CreateHistogram("nocmonitor.notify.time", "s", "Time that sending took, quick retries included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30] });
    }

    public void Sent(string receiver, SendOutcome outcome, int count, TimeSpan taken)
    {
        _sent.Add(count, new("receiver", receiver), new("outcome", outcome.ToString().ToLowerInvariant()));
        _time.Record(taken.TotalSeconds, new KeyValuePair<string, object?>("receiver", receiver));
    }
}
