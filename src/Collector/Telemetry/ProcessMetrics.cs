using System.Diagnostics.Metrics;

namespace NocMonitor.Collector.Telemetry;

/// <summary>What this process takes of its machine, asked when somebody reads the metrics.</summary>
internal static class ProcessMetrics
{
    public static void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("nocmonitor.process.resident", () => Environment.WorkingSet, "By", "Memory in use.");
        meter.CreateObservableCounter("nocmonitor.process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used.");
        meter.CreateObservableGauge("nocmonitor.process.heap", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed memory in use.");
        meter.CreateObservableGauge("nocmonitor.process.threads", () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
    }
}
