using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Reload;

/// <summary>Counts reloads, and shows whether the last one was taken.</summary>
internal sealed class ReloadMetrics
{
    private readonly Counter<long> _reloads;
    private volatile bool _refused;

    public ReloadMetrics(CollectorMeter collector)
    {
        _reloads = collector.Meter.CreateCounter<long>("nocmonitor.config.reloads", "{reload}", "Reloads by whether the configuration was taken.");
        collector.Meter.CreateObservableGauge("nocmonitor.config.refused", () => _refused ? 1 : 0, "1", "1 while a changed configuration is refused and an older one in force.");
    }

    public bool Refused => _refused;

    public void Count(bool succeeded)
    {
        _refused = !succeeded;
        _reloads.Add(1, new KeyValuePair<string, object?>("taken", succeeded ? "true" : "false"));
    }
}
