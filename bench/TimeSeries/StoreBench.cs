using System.Diagnostics;
using System.Text;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>The store's figures: CPU a value while appending, bytes a value on disk, memory of idle series. Each row is a process of its own.</summary>
internal static class StoreBench
{
    private static readonly (string Scenario, int Hosts, int Intervals)[] Rows =
    [
        ("append", 100, 1000),
        ("append", 1000, 100),
        ("append", 10_000, 20),
        ("hours", 100, 20),
        ("hours", 1000, 2),
        ("hours", 10_000, 1),
        ("density", 100, 1080),
        ("read", 100, 1080),
        ("read", 1000, 360),
        ("pauses", 100, 1440),
        ("deletes", 1000, 24),
        ("deletes", 1000, 360),
        ("deletes", 10_000, 24),
        ("deletes", 100_000, 2),
        ("idle", 1000, 1),
        ("idle", 10_000, 1),
    ];

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| scenario | hosts | intervals | figures |\n|---|---:|---:|---|\n");
        foreach (var (scenario, hosts, intervals) in Rows)
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {scenario} | {hosts} | {intervals} | {await RunAsync(scenario, hosts, intervals)} |\n");
        }

        await results.WriteAsync(
            "100 field-series a host in 10 series; append is CPU-seconds a million values with all series warm, parsing included and apart; hours is the whole life of a value: whole hours with a value a minute, written, packed and sealed with their roll-ups, intervals counts hours; read is p50/p95 of raw reads by one thread; pauses is p50/p99/max of commits of 1,000 values, 100 a second, alone and while past hours are sealed and deleted; deletes is InfluxQL over so many series and hours: the older half, then the measurement; idle is one point a series",
            table.ToString());
    }

    private static async Task<string> RunAsync(string scenario, int hosts, int intervals)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--store", scenario, $"{hosts}", $"{intervals}"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{scenario} ended with {process.ExitCode}");
    }
}
