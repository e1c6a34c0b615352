using System.Diagnostics.Metrics;

namespace NocMonitor.Collector.Telemetry;

/// <summary>
/// The meter that the collector's parts make their instruments of: names such as <c>nocmonitor.ingest.lines</c> with the unit beside them, as
/// OpenTelemetry writes them. Two collectors in one process do not mix.
/// </summary>
internal sealed class CollectorMeter : IDisposable
{
    public const string NamePrefix = "NocMonitor.";

    public Meter Meter { get; }

    public CollectorMeter() => Meter = new Meter(new MeterOptions($"{NamePrefix}Collector") { Scope = this });

    public void Dispose() => Meter.Dispose();
}
