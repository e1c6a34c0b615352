using System.Diagnostics.Metrics;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Telemetry;

/// <summary>How many series there are and how many came and went, asked when somebody reads the metrics.</summary>
internal static class StoreMetrics
{
    public static void AddTo(Meter meter, SeriesIndex index)
    {
        meter.CreateObservableGauge("nocmonitor.store.series", () => index.Live, "{series}", "Series that the store knows.");
        meter.CreateObservableCounter("nocmonitor.store.forgotten_series", () => index.Forgotten, "{series}", "Series that were forgotten because nothing of them was left.");
    }
}
