using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Forward;

/// <summary>The forwarders' standings as instruments.</summary>
internal sealed class ForwardMetrics
{
    private Func<IReadOnlyList<ForwardStanding>> _standings = static () => [];

    public ForwardMetrics(CollectorMeter collector)
    {
        var meter = collector.Meter;
        meter.CreateObservableGauge("nocmonitor.forward.behind", () => Each(standing => standing.Behind), "{batch}", "Batches of the log that a forwarder has not passed yet.");
        meter.CreateObservableGauge("nocmonitor.forward.lag", () => Each(standing => standing.Lag.TotalSeconds), "s", "Age of the oldest batch that a forwarder has not passed.");
        meter.CreateObservableCounter("nocmonitor.forward.lines", () => Each(standing => standing.SentLines), "{line}", "Lines that the remote has taken.");
        meter.CreateObservableCounter("nocmonitor.forward.failures", () => Each(standing => standing.Failures), "{request}", "Requests that failed and were tried again.");
        meter.CreateObservableCounter("nocmonitor.forward.rejected_lines", () => Each(standing => standing.RejectedLines), "{line}", "Lines that the remote refused.");
        meter.CreateObservableCounter("nocmonitor.forward.lost_batches", () => Each(standing => standing.LostBatches), "{batch}", "Batches cut from a full log before they were sent.");
        meter.CreateObservableCounter("nocmonitor.forward.left_out_values", () => Each(standing => standing.LeftOutValues), "{value}", "Values that the remote has no form for.");
    }

    /// <summary>Says where the standings come from.</summary>
    public void Show(Func<IReadOnlyList<ForwardStanding>> standings) => _standings = standings;

    private IEnumerable<Measurement<T>> Each<T>(Func<ForwardStanding, T> value)
        where T : struct =>
        _standings().Select(standing => new Measurement<T>(value(standing), new KeyValuePair<string, object?>("forwarder", standing.Name)));
}
