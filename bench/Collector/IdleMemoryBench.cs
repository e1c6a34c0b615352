using System.Globalization;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// The collector's resident memory with one point in each of 100,000 field-series: before them, after the posts, and a minute later when it has been
/// idle. Once with twenty rules bound and once with the rules it ships with.
/// </summary>
internal static class IdleMemoryBench
{
    private const int Hosts = 1000;
    private const double LimitMiB = 100;

    public static async Task RunAsync(BenchResults results)
    {
        var table = "| rules | field-series | MiB empty | MiB loaded | MiB after 60 s | of the limit | CPU-s in the last 20 s |\n|---|---:|---:|---:|---:|---:|---:|\n"
            + await MeasureAsync("twenty, bound to each series", null)
            + await MeasureAsync("as shipped", await ShippedRulesAsync());
        await results.WriteAsync("resident memory of the collector at 100,000 idle series, one point each; the limit is 100 MiB", table);
    }

    private static async Task<string> MeasureAsync(string name, string? rules)
    {
        await using var collector = await CollectorUnderLoad.StartAsync(ruleFile: rules);
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
            $"| {name} | {load.ValuesPerInterval:N0} | {empty.ResidentMiB:F0} | {loaded.ResidentMiB:F0} | {idle.ResidentMiB:F0} | {idle.ResidentMiB / LimitMiB:F2} | {idle.CpuSeconds - before.CpuSeconds:F2} |\n");
    }

    /// <summary>The rules of the source tree in one file: they are what an idle series costs in the field.</summary>
    private static async Task<string> ShippedRulesAsync()
    {
        var files = Directory.GetFiles(Path.Combine(BenchResults.FindRoot(), "rules"), "*.json").Order(StringComparer.Ordinal);
        var rules = new System.Text.Json.Nodes.JsonArray();
        foreach (var file in files)
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            foreach (var rule in node["Rules"]!.AsArray())
            {
                rules.Add(rule!.DeepClone());
            }
        }

        return new System.Text.Json.Nodes.JsonObject { ["Rules"] = rules }.ToJsonString();
    }
}
