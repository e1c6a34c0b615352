using System.Diagnostics;
using System.Globalization;
using System.Text;
using NocMonitor.Bench.Processes;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// Line protocol over HTTP into a collector that stores durably and evaluates twenty rules, beside VictoriaMetrics (which evaluates none) when it is
/// installed. 5,000 lines a POST, 4 keep-alive connections, no gzip. CPU counts from the first measured POST until 10 s after the last.
/// </summary>
internal static class IngestBench
{
    private const int LinesPerPost = 5000;
    private const int Connections = 4;
    private const long IntervalNs = 10_000_000_000;

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| server | hosts | series (fields) | values | values/s | CPU-s per million | p50 ms | p99 ms | RSS MiB after |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        var ours = 0.0;
        foreach (var hosts in new[] { 100, 1000, 10_000 })
        {
            await using var collector = await CollectorUnderLoad.StartAsync();
            var row = await MeasureAsync(hosts, new Uri(collector.Url, "/api/v2/write"), () => collector.Figures);
            ours = hosts == 1000 ? row.Cpu : ours;
            table.Append(row.Text("NocMonitor, 20 rules"));
        }

        if (Programs.Peer("victoria-metrics") is { } peer)
        {
            var row = await MeasurePeerAsync(peer, 1000);
            table.Append(row.Text("VictoriaMetrics, no rules"));
            table.Append(CultureInfo.InvariantCulture, $"\nRatio of CPU a value at 100,000 warm series, NocMonitor to VictoriaMetrics: {ours / row.Cpu:F2}.\n");
        }
        else
        {
            table.Append("\nVictoriaMetrics is not installed (Debian package victoria-metrics): no ratio.\n");
        }

        await results.WriteAsync("line protocol over HTTP, stored durably, rules evaluated; all series warm (10 intervals before the measured ones)", table.ToString());
    }

    private static async Task<Row> MeasurePeerAsync(string program, int hosts)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var server = MeasuredProgram.Start(program, folder, null, $"-storageDataPath={folder}", $"-httpListenAddr={url.Authority}", "-loggerLevel=ERROR");
        try
        {
            await Programs.AnswersAsync(new Uri(url, "/health"));
            return await MeasureAsync(hosts, new Uri(url, "/write"), () => server.Figures);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Row> MeasureAsync(int hosts, Uri write, Func<ProcessFigures> figures)
    {
        var intervals = Math.Max(4, 40_000 / hosts);
        var load = new DevopsLoad(hosts, seed: 7);
        var start = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000) - ((intervals + 10) * IntervalNs);
        await HttpLoad.PostAsync(write, Bodies(load, start, 10), Connections);
        var measured = Bodies(load, start + (10 * IntervalNs), intervals);
        var before = figures();
        var clock = Stopwatch.StartNew();
        var latencies = await HttpLoad.PostAsync(write, measured, Connections);
        clock.Stop();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var after = figures();
        var values = (double)load.ValuesPerInterval * intervals;
        return new Row(hosts, values, values / clock.Elapsed.TotalSeconds, (after.CpuSeconds - before.CpuSeconds) / values * 1e6,
            latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)], after.ResidentMiB);
    }

    private static List<byte[]> Bodies(DevopsLoad load, long start, int intervals)
    {
        // Intervals of a small fleet share a body, so that all sizes post equally much.
        var text = new MemoryStream();
        for (var i = 0; i < intervals; i++)
        {
            text.Write(load.Next(start + (i * IntervalNs)).Span);
        }

        return Split(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>Lines as bodies of 5,000.</summary>
    internal static List<byte[]> Split(ReadOnlySpan<byte> lines)
    {
        var bodies = new List<byte[]>();
        while (!lines.IsEmpty)
        {
            var end = EndOfLine(lines, LinesPerPost);
            bodies.Add(lines[..end].ToArray());
            lines = lines[end..];
        }

        return bodies;
    }

    private static int EndOfLine(ReadOnlySpan<byte> text, int lines)
    {
        var end = 0;
        for (var i = 0; i < lines && end < text.Length; i++)
        {
            end += text[end..].IndexOf((byte)'\n') + 1;
        }

        return end;
    }

    private sealed record Row(int Hosts, double Values, double Rate, double Cpu, double P50, double P99, double ResidentMiB)
    {
        public string Text(string server) => string.Create(CultureInfo.InvariantCulture,
            $"| {server} | {Hosts:N0} | {Hosts * DevopsShape.ValuesPerHost:N0} | {Values:N0} | {Rate:N0} | {Cpu:F2} | {P50:F0} | {P99:F0} | {ResidentMiB:F0} |\n");
    }
}
