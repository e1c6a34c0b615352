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
/// <remarks>
/// What is counted is the same at each size: the warm-up goes on until every head was packed into chunks at least once, so that the rows that lie in memory at the begin of the measured
/// time and those at its end are as many, and as many rows are packed as come in. (Ten intervals of warm-up and four million values, as it was first, counted the packing of all values at
/// 10,000 series, of none at 100,000 and of twice as many as came in at 1,000,000; and a third of the CPU of a second's load is compiling.) The points are of the last four
/// minutes, as live ones are: no hour is past and none is sealed. <c>bench store</c> counts that too.
/// </remarks>
internal static class IngestBench
{
    private const int LinesPerPost = 5000;
    private const int Connections = 4;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(4);

    /// <summary>Heads are packed at 96 to 159 rows, and all of them when memory is tight, which at a million series comes first.</summary>
    private static readonly (int Hosts, int Warm, int Measured)[] Sizes = [(100, 1280, 1280), (1000, 160, 192), (10_000, 28, 42)];

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| server | hosts | series (fields) | values | values/s | CPU-s per million | p50 ms | p99 ms | RSS MiB after |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        var rows = new List<Row>();
        foreach (var size in Sizes)
        {
            rows.Add(await MeasureOursAsync(size));
            table.Append(rows[^1]);
        }

        if (Programs.Peer("victoria-metrics") is { } peer)
        {
            var row = await MeasurePeerAsync(peer, Sizes[1]);
            table.Append(row);
            table.Append(CultureInfo.InvariantCulture, $"\nRatio of CPU a value at 100,000 warm series, NocMonitor to VictoriaMetrics: {rows[1].Cpu / row.Cpu:F2}.\n");
        }
        else
        {
            table.Append("\nVictoriaMetrics is not installed (Debian package victoria-metrics): no ratio.\n");
        }

        table.Append(CultureInfo.InvariantCulture, $"\nDearest to cheapest value of NocMonitor: {rows.Max(row => row.Cpu) / rows.Min(row => row.Cpu):F2}; the aim is 1.5.\n");
        await results.WriteAsync(
            "line protocol over HTTP, stored durably, rules evaluated; all series warm, as many rows packed into chunks as come in, code compiled before", table.ToString());
    }

    /// <summary>One size alone, for a closer look: intervals to warm up and to measure.</summary>
    internal static async Task<Row> MeasureOursAsync((int Hosts, int Warm, int Measured) size)
    {
        await using var collector = await CollectorUnderLoad.StartAsync();
        return await MeasureAsync("NocMonitor, 20 rules", size, new Uri(collector.Url, "/api/v2/write"), () => collector.Figures);
    }

    private static async Task<Row> MeasurePeerAsync(string program, (int Hosts, int Warm, int Measured) size)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var url = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        var server = MeasuredProgram.Start(program, folder, null, $"-storageDataPath={folder}", $"-httpListenAddr={url.Authority}", "-loggerLevel=ERROR");
        try
        {
            await Programs.AnswersAsync(new Uri(url, "/health"));
            return await MeasureAsync("VictoriaMetrics, no rules", size, new Uri(url, "/write"), () => server.Figures);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Row> MeasureAsync(string server, (int Hosts, int Warm, int Measured) size, Uri write, Func<ProcessFigures> figures)
    {
        var load = new DevopsLoad(size.Hosts, seed: 7);
        var step = Span.Ticks * 100 / (size.Warm + size.Measured);
        var start = (TimeProvider.System.GetUtcNow() - Span).ToUnixTimeSeconds() * 1_000_000_000;
        var warm = Bodies(load, start, step, size.Warm);
        var measured = Bodies(load, start + (size.Warm * step), step, size.Measured);
        await HttpLoad.PostAsync(write, warm, Connections);
        var before = figures();
        var clock = Stopwatch.StartNew();
        var latencies = await HttpLoad.PostAsync(write, measured, Connections);
        clock.Stop();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var after = figures();
        var values = (double)load.ValuesPerInterval * size.Measured;
        return new Row(server, size.Hosts, values, values / clock.Elapsed.TotalSeconds, (after.CpuSeconds - before.CpuSeconds) / values * 1e6,
            latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)], after.ResidentMiB);
    }

    /// <summary>Intervals of a small fleet share a body, so that all sizes post equally much.</summary>
    private static List<byte[]> Bodies(DevopsLoad load, long start, long step, int intervals)
    {
        var bodies = new List<byte[]>();
        var together = Math.Max(1, LinesPerPost / load.LinesPerInterval);
        for (var first = 0; first < intervals; first += together)
        {
            var text = new MemoryStream();
            for (var i = first; i < Math.Min(intervals, first + together); i++)
            {
                text.Write(load.Next(start + (i * step)).Span);
            }

            bodies.AddRange(Split(text.GetBuffer().AsSpan(0, (int)text.Length)));
        }

        return bodies;
    }

    /// <summary>Lines as bodies of so many.</summary>
    internal static List<byte[]> Split(ReadOnlySpan<byte> lines, int perBody = LinesPerPost)
    {
        var bodies = new List<byte[]>();
        while (!lines.IsEmpty)
        {
            var end = EndOfLine(lines, perBody);
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

    internal sealed record Row(string Server, int Hosts, double Values, double Rate, double Cpu, double P50, double P99, double ResidentMiB)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"| {Server} | {Hosts:N0} | {Hosts * DevopsShape.ValuesPerHost:N0} | {Values:N0} | {Rate:N0} | {Cpu:F2} | {P50:F0} | {P99:F0} | {ResidentMiB:F0} |\n");
    }
}
