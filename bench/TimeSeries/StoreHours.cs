using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>
/// The whole life of a value: written to the log, packed into parts of its hour, sealed with the hour's roll-up, log cut. Whole hours with a value a minute in each series, so that a
/// chunk has as many values whatever the number of series, and nothing is in memory when the measured hours begin or when they end. One hour before them meets the series and compiles
/// the code.
/// </summary>
internal static class StoreHours
{
    private const int PerHour = 60;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static async Task<string> MeasureAsync(string folder, int hosts, int hours)
    {
        var load = new DevopsLoad(hosts, 7);
        var time = new HourClock(Start);
        await using var store = TimeSeriesStore.Open(new StoreOptions { Folder = folder, MinimumFreeBytes = 0 }, time, NullLogger.Instance);
        await WriteHourAsync(store, time, load, 0);
        var (cpu, written, clock) = (0.0, 0.0, Stopwatch.StartNew());
        for (var hour = 1; hour <= hours; hour++)
        {
            var (first, all) = await WriteHourAsync(store, time, load, hour);
            (written, cpu) = (written + first, cpu + all);
        }

        var values = (double)hours * PerHour * load.ValuesPerInterval / 1e6;
        return string.Create(CultureInfo.InvariantCulture, $"values_M={values:F2} cpu_per_M={cpu / values:F3} until_written={written / values:F3} wall_s={clock.Elapsed.TotalSeconds:F1}");
    }

    private static async Task<(double Written, double All)> WriteHourAsync(TimeSeriesStore store, HourClock time, DevopsLoad load, int hour)
    {
        var begin = Start.AddHours(hour);
        time.Hour = begin;
        var bodies = Enumerable.Range(0, PerHour)
            .Select(minute => StoreLoad.Bodies(load.Next(UnixNanoseconds.From(begin.AddMinutes(minute))).ToArray())).ToList();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var minute in bodies)
        {
            await StoreLoad.WriteAsync(store, minute, 4, UnixNanoseconds.From(begin.AddHours(1)));
        }

        var written = Environment.CpuUsage.TotalTime - before;
        time.Hour = begin.AddHours(2);
        store.Compact();
        return (written.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    /// <summary>Stands at the hour it is set to; what counts lengths of time goes on as it does.</summary>
    private sealed class HourClock(DateTimeOffset hour) : TimeProvider
    {
        public DateTimeOffset Hour { get; set; } = hour;

        public override DateTimeOffset GetUtcNow() => Hour;
    }
}
