using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>What deleting by InfluxQL takes: the older half of all series' time, which cuts an hour in its middle, then the measurement. Twelve points of two fields an hour and series, all sealed.</summary>
internal static class StoreDeletes
{
    private const int PointsPerHour = 12;
    private const int SeriesPerBody = 5000;

    public static async Task<string> MeasureAsync(string folder, DateTimeOffset end, int series, int hours)
    {
        var options = new StoreOptions { Folder = folder };
        var time = new ShiftedTime(end.AddHours(2));
        await using var store = TimeSeriesStore.Open(options, time, NullLogger.Instance);
        var engine = new QueryEngine(store, options, time, new QueryLimits());
        for (var minutes = hours * 60; minutes > 0; minutes -= 60 / PointsPerHour)
        {
            await StoreLoad.WriteAsync(store, Bodies(series, end.AddMinutes(-minutes), minutes), 4, UnixNanoseconds.From(end));
        }

        store.Compact();
        var cut = end.AddMinutes((-hours * 30) - 30);
        var delete = Seconds(engine, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM cpu WHERE time < {UnixNanoseconds.From(cut)}"));
        var drop = Seconds(engine, "DROP MEASUREMENT cpu");
        return string.Create(CultureInfo.InvariantCulture, $"delete_s={delete:F2} drop_s={drop:F2}");
    }

    private static List<ReadOnlyMemory<byte>> Bodies(int series, DateTimeOffset time, int value) => [.. Enumerable.Range(0, series).Chunk(SeriesPerBody).Select(some =>
    {
        var text = new StringBuilder();
        foreach (var one in some)
        {
            text.Append(CultureInfo.InvariantCulture, $"cpu,host=h{one / 10},cpu=cpu{one % 10} user={(one + value) % 1000 / 10.0},system={value}i {UnixNanoseconds.From(time)}\n");
        }

        return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text.ToString());
    })];

    private static double Seconds(QueryEngine engine, string text)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var statement in QueryEngine.Parse(text, QueryParameters.None))
        {
            _ = engine.Run(statement, "telegraf", CancellationToken.None).Count();
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
