using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// Prometheus remote write 1.0 into a collector that stores durably and evaluates twenty rules, beside VictoriaMetrics (which evaluates none) when it is installed: the same bytes,
/// 2,000 samples a POST as Prometheus sends them, 4 keep-alive connections. CPU counts from the first measured POST until 10 s after the last, after a warm-up as in <see cref="IngestBench"/>.
/// </summary>
internal static class RemoteWriteBench
{
    private const int Connections = 4;
    private const int Hosts = 100;
    private const int Warm = 320;
    private const int Measured = 320;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(8);

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| server | series | values | bytes a value sent | values/s | CPU-s per million | p50 ms | p99 ms | RSS MiB after |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        var start = (TimeProvider.System.GetUtcNow() - Span).ToUnixTimeMilliseconds();
        var bodies = new RemoteWriteLoad(Hosts, seed: 7).Bodies(start, (long)Span.TotalMilliseconds / (Warm + Measured), Warm + Measured);
        double ours;
        await using (var collector = await CollectorUnderLoad.StartAsync())
        {
            ours = await MeasureAsync(table, "NocMonitor, 20 rules", bodies, collector.Url, () => collector.Figures);
        }

        if (Programs.Peer("victoria-metrics") is { } peer)
        {
            var theirs = await MeasurePeerAsync(table, peer, bodies);
            table.Append(CultureInfo.InvariantCulture, $"\nRatio of CPU a value, NocMonitor to VictoriaMetrics: {ours / theirs:F2}.\n");
        }
        else
        {
            table.Append("\nVictoriaMetrics is not installed (Debian package victoria-metrics): no ratio.\n");
        }

        await results.WriteAsync("Prometheus remote write 1.0 over HTTP, stored durably, rules evaluated; all series warm", table.ToString());
    }

    private static async Task<double> MeasurePeerAsync(StringBuilder table, string program, IReadOnlyList<byte[]> bodies)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var server = MeasuredProgram.Start(program, folder, null, $"-storageDataPath={folder}", $"-httpListenAddr={url.Authority}", "-loggerLevel=ERROR");
        try
        {
            await Programs.AnswersAsync(new Uri(url, "/health"));
            return await MeasureAsync(table, "VictoriaMetrics, no rules", bodies, url, () => server.Figures);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>CPU seconds a million values.</returns>
    private static async Task<double> MeasureAsync(StringBuilder table, string server, IReadOnlyList<byte[]> bodies, Uri url, Func<ProcessFigures> figures)
    {
        var write = new Uri(url, "/api/v1/write");
        var half = bodies.Count / 2;
        await HttpLoad.PostAsync(write, [.. bodies.Take(half)], Connections, Dress);
        var measured = bodies.Skip(half).ToList();
        var before = figures();
        var clock = Stopwatch.StartNew();
        var latencies = await HttpLoad.PostAsync(write, measured, Connections, Dress);
        clock.Stop();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var after = figures();
        var values = (double)RemoteWriteLoad.SamplesPerPost * measured.Count;
        var cpu = (after.CpuSeconds - before.CpuSeconds) / values * 1e6;
        table.Append(CultureInfo.InvariantCulture,
            $"| {server} | {Hosts * DevopsShape.ValuesPerHost:N0} | {values:N0} | {measured.Sum(body => (double)body.Length) / values:F1} | {values / clock.Elapsed.TotalSeconds:N0} | {cpu:F2} ")
            .Append(CultureInfo.InvariantCulture, $"| {latencies[latencies.Length / 2]:F1} | {latencies[(int)(latencies.Length * 0.99)]:F1} | {after.ResidentMiB:F0} |\n");
        return cpu;
    }

    private static void Dress(HttpContentHeaders headers)
    {
        headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        headers.ContentEncoding.Add("snappy");
    }
}
