using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>
/// How long commits take: a steady stream of 100 commits of 1,000 values a second, all series warm, with or without compaction beside it. A commit's latency counts from when it was
/// due, so that one pause shows in all that wait behind it.
/// </summary>
internal sealed class StorePauses(TimeSeriesStore store, DevopsLoad load, DateTimeOffset now)
{
    private const int CommitsPerSecond = 100;
    private const int LinesPerCommit = 100;
    private const int Committers = 8;

    private readonly ConcurrentBag<double> _latencies = [];
    private TimeSpan _first;
    private int _rounds;

    /// <summary>p50, p99 and largest latency of the commits of some seconds.</summary>
    public async Task<string> MeasureAsync(int seconds)
    {
        var bodies = Bodies(seconds * CommitsPerSecond);
        await StoreLoad.WriteAsync(store, bodies[..CommitsPerSecond], Committers, UnixNanoseconds.From(now));
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Committers).Select(_ => Task.Run(async () =>
        {
            var scratch = new LineScratch();
            while (Interlocked.Increment(ref next) is var index && index < bodies.Count)
            {
                var due = TimeSpan.FromSeconds((double)index / CommitsPerSecond);
                await UntilAsync(started, due);
                await CommitAsync(scratch, bodies[index]);
                _latencies.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
            }
        })));
        return Percentiles(_latencies);
    }

    /// <summary>The same beside the store's own housekeeping and one compaction a second, which flushes, seals and cuts the log more often than the store does by itself.</summary>
    public async Task<string> MeasureBesideCompactionAsync(int seconds)
    {
        using var ended = new CancellationTokenSource();
        var compacting = Task.Run(() => CompactAsync(ended.Token));
        var latencies = await MeasureAsync(seconds);
        await ended.CancelAsync();
        await compacting;
        return string.Create(CultureInfo.InvariantCulture, $"{latencies} compactions={_rounds} first_s={_first.TotalSeconds:F2}");
    }

    private async Task CompactAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            var started = Stopwatch.GetTimestamp();
            store.Compact();
            _first = _rounds++ == 0 ? Stopwatch.GetElapsedTime(started) : _first;
        }
    }

    private List<ReadOnlyMemory<byte>> Bodies(int count)
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        for (var interval = 0; bodies.Count < count; interval++)
        {
            var text = load.Next(UnixNanoseconds.From(now.AddMilliseconds(100 * interval))).ToArray();
            bodies.AddRange(StoreLoad.BodiesOf(LinesPerCommit, text));
        }

        return bodies[..count];
    }

    private static async Task UntilAsync(long started, TimeSpan due)
    {
        // A timer wakes up to a millisecond late, or several on a busy machine; yielding towards the end keeps that out of the figures.
        if (due - Stopwatch.GetElapsedTime(started) is var wait && wait > TimeSpan.FromMilliseconds(3))
        {
            await Task.Delay(wait - TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        while (Stopwatch.GetElapsedTime(started) < due)
        {
            await Task.Yield();
        }
    }

    private async Task CommitAsync(LineScratch scratch, ReadOnlyMemory<byte> body)
    {
        using var batch = store.RentBatch("bench");
        StoreLoad.Fill(batch, scratch, body, UnixNanoseconds.From(now));
        await store.CommitAsync(batch, CancellationToken.None);
    }

    private static string Percentiles(IEnumerable<double> latencies)
    {
        var sorted = latencies.Order().ToArray();
        return sorted.Length == 0
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:F2}/{sorted[sorted.Length * 99 / 100]:F2}/{sorted[^1]:F1}ms({sorted.Length}_commits)");
    }
}
