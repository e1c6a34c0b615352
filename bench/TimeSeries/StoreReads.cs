using System.Diagnostics;
using System.Globalization;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>Latency of raw reads from a store on disk and in memory: each question many times, warm, by one thread; p50 and p95 in milliseconds.</summary>
internal static class StoreReads
{
    private const int Rounds = 40;
    private const string Field = "usage_user";

    /// <param name="end">The time after the last sample.</param>
    public static string Measure(TimeSeriesStore store, DateTimeOffset end)
    {
        var series = store.Index.Find("cpu");
        var (hour, all) = (UnixNanoseconds.From(end.AddHours(-1)), UnixNanoseconds.From(end.AddHours(-3)));
        var to = UnixNanoseconds.From(end.AddSeconds(1));
        var one = Times(() => Points(store, [series[7]], all, to));
        var many = Times(() => Points(store, series.Take(100), hour, to));
        var last = Times(() => Last(store, series, hour));
        return string.Create(CultureInfo.InvariantCulture,
            $"one_series_3h={one} series_{Math.Min(100, series.Count)}_1h={many} last_of_{series.Count}={last}");
    }

    private static long Points(TimeSeriesStore store, IEnumerable<Series> series, long from, long to)
    {
        using var reader = store.OpenReader();
        var points = 0L;
        foreach (var one in series)
        {
            reader.Seek(one, from, to, [one.FindField(Field)]);
            while (reader.Read())
            {
                points += reader.Block.Count;
            }
        }

        return points;
    }

    private static long Last(TimeSeriesStore store, IReadOnlyList<Series> series, long from)
    {
        using var reader = store.OpenReader();
        return series.Count(one => reader.TryLast(one, one.FindField(Field), from, out _, out _));
    }

    private static string Times(Func<long> read)
    {
        var points = read();
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            if (read() != points)
            {
                throw new InvalidOperationException("two reads of the same differ");
            }

            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"{times[Rounds / 2]:F2}/{times[Rounds * 95 / 100]:F2}ms({points}_points)");
    }
}
