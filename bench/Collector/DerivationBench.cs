using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Events;
using NocMonitor.Collector.Telemetry;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.Collector;

/// <summary>
/// What the derivation adds to a batch before its commit: for points that nothing follows from, for interfaces of 48-port switches with 22 counters and what stands beside
/// them, and for the first point of each after a start, whose state is read back from the store. CPU of the process, of which nothing else runs meanwhile.
/// </summary>
internal static class DerivationBench
{
    private const int Ports = 48_000;
    private const int RowsPerBatch = 4_800;
    private const int Rounds = 4;

    public static async Task RunAsync(BenchResults results)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-");
        try
        {
            await using var store = TimeSeriesStore.Open(
                new StoreOptions { Folder = Path.Combine(folder.FullName, "samples"), MinimumFreeBytes = 0 }, TimeProvider.System, NullLogger.Instance);
            var plain = await MeasureAsync(store, New(store), "cpu", first: 0, Rounds);
            var interfaces = await MeasureAsync(store, New(store), "interface", first: 0, Rounds);
            var restored = await MeasureAsync(store, New(store), "interface", first: Rounds, 1);
            var table = string.Create(CultureInfo.InvariantCulture, $"""
                | points | µs of CPU a point | bytes allocated a point |
                |---|---|---|
                | of other measurements | {plain.Microseconds:0.000} | {plain.Bytes:0.0} |
                | of `interface`, rates made | {interfaces.Microseconds:0.00} | {interfaces.Bytes:0.0} |
                | of `interface`, the first after a start | {restored.Microseconds:0.00} | {restored.Bytes:0.0} |
                """);
            await results.WriteAsync("rates derived before the commit", table);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static PointDerivation New(TimeSeriesStore store) => new(
        store, new DerivationOptions { MaxGap = TimeSpan.FromMinutes(15), Tolerance = 5 }, new TrapEvents(() => [], new PortDirectory(store)),
        new DerivationMetrics(new CollectorMeter()), NullLogger<PointDerivation>.Instance);

    private static async Task<(double Microseconds, double Bytes)> MeasureAsync(TimeSeriesStore store, PointDerivation derivation, string measurement, int first, int rounds)
    {
        var scratch = new LineScratch();
        var now = UnixNanoseconds.From(TimeProvider.System.GetUtcNow());
        var (cpu, bytes, points) = (TimeSpan.Zero, 0L, 0);
        for (var round = first; round < first + rounds; round++)
        {
            for (var port = 0; port < Ports; port += RowsPerBatch)
            {
                using var batch = store.RentBatch("bench");
                Fill(batch, scratch, measurement, port, round, now);
                var (cpuBefore, bytesBefore) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
                derivation.Derive(batch);

                // The first two rounds meet the series and learn their fields.
                if (rounds == 1 || round > first + 1)
                {
                    cpu += Environment.CpuUsage.TotalTime - cpuBefore;
                    bytes += GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
                    points += RowsPerBatch;
                }

                await store.CommitAsync(batch, CancellationToken.None);
            }
        }

        return (cpu.TotalMicroseconds / points, (double)bytes / points);
    }

    private static void Fill(SampleBatch batch, LineScratch scratch, string measurement, int first, int round, long now)
    {
        var text = new StringBuilder();
        foreach (var port in Enumerable.Range(first, RowsPerBatch))
        {
            text.Append(CultureInfo.InvariantCulture, $"{measurement},agent=a1,host=sw{port / 48},ifName=Gi0/{port % 48} ");
            text.Append(CultureInfo.InvariantCulture, $"ifIndex={port % 48}i,ifType=6i,ifSpeed=1000000000i,sys_uptime={360_000 + (round * 6000)}i,ifCounterDiscontinuityTime=0i");
            foreach (var counter in DerivationCatalog.All[0].Counters.Where(counter => counter.Bits == 64 || !counter.MayLap))
            {
                text.Append(CultureInfo.InvariantCulture, $",{counter.Field}={port + (round * 60_000_000L)}i");
            }

            text.Append(CultureInfo.InvariantCulture, $" {now - ((10 - round) * 60_000_000_000L)}\n");
        }

        var reader = new LineReader(scratch, Encoding.UTF8.GetBytes(text.ToString()));
        while (reader.Read())
        {
            if (!reader.IsGood || !batch.TryAdd(ref reader, now, out _))
            {
                throw new InvalidOperationException("a line was refused");
            }
        }
    }
}
