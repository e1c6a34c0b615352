using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Bench.Processes;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>One measurement of the store in a process of its own, so that its memory and CPU are nobody else's. Prints one line of figures.</summary>
internal static class StoreScenario
{
    private static readonly DateTimeOffset End = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string scenario, int hosts, int intervals)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        try
        {
            Console.WriteLine(scenario switch
            {
                "append" => await AppendAsync(folder, hosts, intervals),
                "hours" => await StoreHours.MeasureAsync(folder, hosts, intervals),
                "density" => await DensityAsync(folder, hosts, intervals),
                "idle" => await IdleAsync(folder, hosts),
                "pauses" => await PausesAsync(folder, hosts, intervals),
                "deletes" => await StoreDeletes.MeasureAsync(folder, End, hosts, intervals),
                "read" => await ReadAsync(folder, hosts, intervals),
                _ => throw new ArgumentException($"no scenario {scenario}"),
            });
            return 0;
        }
        finally
        {
            if (Environment.GetEnvironmentVariable("NOCMONITOR_BENCH_KEEP") is null)
            {
                Directory.Delete(folder, recursive: true);
            }
            else
            {
                Console.WriteLine(folder);
            }
        }
    }

    /// <summary>CPU a value with all series warm: after ten intervals, the others are measured, with everything the store does behind, closing included.</summary>
    private static async Task<string> AppendAsync(string folder, int hosts, int intervals)
    {
        var load = new DevopsLoad(hosts, 7);
        var start = End - TimeSpan.FromSeconds(10 * intervals);
        var texts = Enumerable.Range(0, intervals).Select(i => (ReadOnlyMemory<byte>)load.Next(UnixNanoseconds.From(start.AddSeconds(10 * i))).ToArray()).ToList();
        var bodies = texts.Select(StoreLoad.Bodies).ToList();
        var values = (intervals - 10.0) * load.ValuesPerInterval / 1e6;

        var before = Cpu();
        bodies.Skip(10).ToList().ForEach(interval => StoreLoad.Parse(interval));
        var parse = Cpu() - before;

        var store = Open(folder, End);
        await WriteAsync(store, bodies.Take(10));
        before = Cpu();
        var wall = Stopwatch.GetTimestamp();
        await WriteAsync(store, bodies.Skip(10));
        var seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        var written = Cpu() - before;
        await store.DisposeAsync();
        var closed = Cpu() - before;
        return string.Create(CultureInfo.InvariantCulture,
            $"values_M={values:F2} wall_s={seconds:F2} cpu_per_M={written / values:F3} with_close={closed / values:F3} parse={parse / values:F3} store={(closed - parse) / values:F3} peak_MiB={Figures().PeakMiB:F0}");
    }

    private static async Task<string> DensityAsync(string folder, int hosts, int intervals)
    {
        var load = new DevopsLoad(hosts, 9);
        var start = End - TimeSpan.FromSeconds(10 * intervals);
        var store = Open(folder, End + TimeSpan.FromHours(2));
        for (var i = 0; i < intervals; i++)
        {
            await StoreLoad.WriteAsync(store, StoreLoad.Bodies(load.Next(UnixNanoseconds.From(start.AddSeconds(10 * i)))), 4, UnixNanoseconds.From(End));
        }

        await store.DisposeAsync();
        var unsealed = Bytes(folder);
        store = Open(folder, End + TimeSpan.FromHours(2));
        store.Compact();
        await store.DisposeAsync();
        var values = (double)intervals * load.ValuesPerInterval;
        return string.Create(CultureInfo.InvariantCulture,
            $"values_M={values / 1e6:F2} bytes_per_value={Bytes(folder) / values:F3} before_compaction={unsealed / values:F3} samples_MiB={new FileInfo(Path.Combine(folder, "samples.db")).Length / 1048576.0:F2} log_MiB={new FileInfo(Path.Combine(folder, "log.db")).Length / 1048576.0:F2}");
    }

    /// <summary>Commits beside compaction: of the hours written first, those older than two and a half go and the others are sealed.</summary>
    private static async Task<string> PausesAsync(string folder, int hosts, int intervals)
    {
        var load = new DevopsLoad(hosts, 7);
        var start = End - TimeSpan.FromSeconds(10 * intervals);
        await using (var store = Open(folder, start))
        {
            for (var i = 0; i < intervals; i++)
            {
                await StoreLoad.WriteAsync(store, StoreLoad.Bodies(load.Next(UnixNanoseconds.From(start.AddSeconds(10 * i)))), 4, UnixNanoseconds.From(End));
            }
        }

        string alone;
        await using (var store = Open(folder, start))
        {
            alone = await new StorePauses(store, load, End).MeasureAsync(10);
        }

        var options = new StoreOptions { Folder = folder, Retention = TimeSpan.FromHours(2.5) };
        var later = End.AddMinutes(10);
        await using var running = TimeSeriesStore.Open(options, new ShiftedTime(later), NullLogger.Instance);
        return $"alone={alone} beside={await new StorePauses(running, load, later).MeasureBesideCompactionAsync(20)}";
    }

    /// <summary>Reads of what lies partly in chunks and partly in memory, as it does in a running collector.</summary>
    private static async Task<string> ReadAsync(string folder, int hosts, int intervals)
    {
        var load = new DevopsLoad(hosts, 7);
        var start = End - TimeSpan.FromSeconds(10 * intervals);
        await using var store = Open(folder, End);
        for (var i = 0; i < intervals; i++)
        {
            await StoreLoad.WriteAsync(store, StoreLoad.Bodies(load.Next(UnixNanoseconds.From(start.AddSeconds(10 * i)))), 4, UnixNanoseconds.From(End));
        }

        return StoreReads.Measure(store, End);
    }

    /// <summary>Memory with one point a series, as the process shows it after things have settled.</summary>
    private static async Task<string> IdleAsync(string folder, int hosts)
    {
        var load = new DevopsLoad(hosts, 7);
        var store = Open(folder, End);
        var empty = Figures().ResidentMiB;
        await StoreLoad.WriteAsync(store, StoreLoad.Bodies(load.Next(UnixNanoseconds.From(End))), 4, UnixNanoseconds.From(End));
        load = null;
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var loaded = Figures().ResidentMiB;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var settled = Figures().ResidentMiB;
        var heap = GC.GetTotalMemory(true) / 1048576.0;
        var series = store.Index.Count;
        await store.DisposeAsync();
        return string.Create(CultureInfo.InvariantCulture,
            $"series={series} field_series={hosts * DevopsShape.ValuesPerHost} empty_MiB={empty:F0} loaded_MiB={loaded:F0} settled_MiB={settled:F0} heap_MiB={heap:F1} bytes_per_series={heap * 1048576 / series:F0}");
    }

    private static TimeSeriesStore Open(string folder, DateTimeOffset now) =>
        TimeSeriesStore.Open(new StoreOptions { Folder = folder }, new ShiftedTime(now), NullLogger.Instance);

    private static async Task WriteAsync(TimeSeriesStore store, IEnumerable<List<ReadOnlyMemory<byte>>> bodies)
    {
        foreach (var interval in bodies)
        {
            await StoreLoad.WriteAsync(store, interval, 4, UnixNanoseconds.From(End));
        }
    }

    private static long Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static ProcessFigures Figures() => ProcessFigures.Read(Environment.ProcessId);

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
