using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// Line protocol as agents send it, beside VictoriaMetrics: bodies of 1,000 lines in gzip, which is Telegraf's default, and smaller ones, where
/// what a request costs by itself stands in the foreground.
/// A collector that asks for a token (VictoriaMetrics asks for none) and evaluates twenty rules (VictoriaMetrics none), 100 hosts, 4 keep-alive connections. CPU counts from the first measured POST of a kind until
/// 5 s after the last.
/// </summary>
internal static class SmallBodiesBench
{
    private const int Connections = 4;
    private const int Hosts = 100;
    private const int Warm = 100;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(8);
    private static readonly Kind[] Kinds =
    [
        new("1,000 lines, gzip", 1000, Intervals: 400, IsPacked: true), new("200 lines, gzip", 200, Intervals: 400, IsPacked: true),
        new("200 lines, plain", 200, Intervals: 400, IsPacked: false), new("20 lines, gzip", 20, Intervals: 100, IsPacked: true),
    ];


    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| server | bodies | values | values/s | CPU-s per million | CPU ms a request | p50 ms | p99 ms | RSS MiB after |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        var loads = Prepare();
        double[] ours;
        await using (var collector = await CollectorUnderLoad.StartAsync())
        {
            ours = await MeasureAsync(table, "NocMonitor, token, 20 rules", loads, new Uri(collector.Url, "/api/v2/write"), await collector.CreateTokenAsync(), () => collector.Figures);
        }

        if (Programs.Peer("victoria-metrics") is { } peer)
        {
            var theirs = await MeasurePeerAsync(table, peer, loads);
            var ratios = Kinds.Select((kind, i) => string.Create(CultureInfo.InvariantCulture, $"{ours[i] / theirs[i]:F2} ({kind.Name})"));
            table.Append(CultureInfo.InvariantCulture, $"\nRatio of CPU a value, NocMonitor to VictoriaMetrics: {string.Join(", ", ratios)}.\n");
        }
        else
        {
            table.Append("\nVictoriaMetrics is not installed (Debian package victoria-metrics): no ratio.\n");
        }

        await results.WriteAsync("line protocol in the bodies that agents send, stored durably, rules evaluated; all series warm", table.ToString());
    }

    /// <summary>The same text for each server: to warm up, then a part of the span of each kind.</summary>
    private static List<List<byte[]>> Prepare()
    {
        var load = new DevopsLoad(Hosts, seed: 7);
        var step = Span.Ticks * 100 / (Warm + Kinds.Sum(kind => kind.Intervals));
        var start = (TimeProvider.System.GetUtcNow() - Span).ToUnixTimeSeconds() * 1_000_000_000;
        var loads = new List<List<byte[]>> { Bodies(load, ref start, step, new Kind("warm", 1000, Warm, IsPacked: true)) };
        foreach (var kind in Kinds)
        {
            loads.Add(Bodies(load, ref start, step, kind));
        }

        return loads;
    }

    private static List<byte[]> Bodies(DevopsLoad load, ref long time, long step, Kind kind)
    {
        var text = new MemoryStream();
        for (var i = 0; i < kind.Intervals; i++, time += step)
        {
            text.Write(load.Next(time).Span);
        }

        var bodies = IngestBench.Split(text.GetBuffer().AsSpan(0, (int)text.Length), kind.Lines);
        return kind.IsPacked ? [.. bodies.Select(Pack)] : bodies;
    }

    private static byte[] Pack(byte[] body)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    private static async Task<double[]> MeasurePeerAsync(StringBuilder table, string program, List<List<byte[]>> loads)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var server = MeasuredProgram.Start(program, folder, null, $"-storageDataPath={folder}", $"-httpListenAddr={url.Authority}", "-loggerLevel=ERROR");
        try
        {
            await Programs.AnswersAsync(new Uri(url, "/health"));
            return await MeasureAsync(table, "VictoriaMetrics, no rules", loads, new Uri(url, "/write"), token: null, () => server.Figures);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>CPU seconds a million values, of each kind.</returns>
    private static async Task<double[]> MeasureAsync(StringBuilder table, string server, List<List<byte[]>> loads, Uri write, string? token, Func<ProcessFigures> figures)
    {
        await HttpLoad.PostAsync(write, loads[0], Connections, Packed, token);
        var cpu = new double[Kinds.Length];
        for (var i = 0; i < Kinds.Length; i++)
        {
            cpu[i] = await MeasureOneAsync(table, server, Kinds[i], loads[i + 1], write, token, figures);
        }

        return cpu;
    }

    private static async Task<double> MeasureOneAsync(StringBuilder table, string server, Kind kind, List<byte[]> bodies, Uri write, string? token, Func<ProcessFigures> figures)
    {
        var before = figures();
        var clock = Stopwatch.StartNew();
        var latencies = await HttpLoad.PostAsync(write, bodies, Connections, kind.IsPacked ? Packed : null, token);
        clock.Stop();
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        var after = figures();
        var values = (double)Hosts * DevopsShape.ValuesPerHost * kind.Intervals;
        var cpu = after.CpuSeconds - before.CpuSeconds;
        table.Append(CultureInfo.InvariantCulture, $"| {server} | {kind.Name} | {values:N0} | {values / clock.Elapsed.TotalSeconds:N0} | {cpu / values * 1e6:F2} | {cpu / bodies.Count * 1e3:F2} ")
            .Append(CultureInfo.InvariantCulture, $"| {latencies[latencies.Length / 2]:F1} | {latencies[(int)(latencies.Length * 0.99)]:F1} | {after.ResidentMiB:F0} |\n");
        return cpu / values * 1e6;
    }

    private static void Packed(HttpContentHeaders headers) => headers.ContentEncoding.Add("gzip");

    private sealed record Kind(string Name, int Lines, int Intervals, bool IsPacked);
}
