using System.Globalization;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// The collector's resident memory with one point in each of 100,000 field-series: before them, after the posts, and a minute later when it has been
/// idle. Twenty rules are bound and at rest.
/// </summary>
internal static class IdleMemoryBench
{
    private const int Hosts = 1000;
    private const double LimitMiB = 100;

    public static async Task RunAsync(BenchResults results)
    {
        var table = "| rules | field-series | MiB empty | MiB loaded | MiB after 60 s | of the limit | CPU-s in the last 20 s |\n|---|---:|---:|---:|---:|---:|---:|\n"
            + await MeasureAsync("twenty, bound to each series");
        await results.WriteAsync("resident memory of the collector at 100,000 idle series, one point each; the limit is 100 MiB", table);
    }

    private static async Task<string> MeasureAsync(string rules)
    {
        await using var collector = await CollectorUnderLoad.StartAsync();
        var empty = collector.Figures;
        var load = new DevopsLoad(Hosts, seed: 7);
        var body = load.Next(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000).ToArray();
        await HttpLoad.PostAsync(new Uri(collector.Url, "/api/v2/write"), IngestBench.Split(body), connections: 4);
        var loaded = collector.Figures;
        await Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System);
        var before = collector.Figures;
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
        var idle = collector.Figures;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {rules} | {load.ValuesPerInterval:N0} | {empty.ResidentMiB:F0} | {loaded.ResidentMiB:F0} | {idle.ResidentMiB:F0} | {idle.ResidentMiB / LimitMiB:F2} | {idle.CpuSeconds - before.CpuSeconds:F2} |\n");
    }
}
