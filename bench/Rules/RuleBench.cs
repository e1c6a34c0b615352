using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.Rules;

/// <summary>
/// Evaluation alone, from a filled batch to nothing found: finding the bindings, filling the frame, windows and conditions. 100,000 warm series with ten fields each,
/// with 1, 20 and 200 rules bound to every one of them; one rule in ten reads a window. CPU of the process, of which nothing else runs meanwhile.
/// </summary>
internal static class RuleBench
{
    private const int Series = 100_000;
    private const int Fields = 10;
    private const int RowsPerBatch = 5_000;
    private const int Rounds = 4;

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| rules bound | samples/s a core | CPU-s per million values | bytes allocated a sample |\n|---|---|---|---|\n");
        foreach (var rules in new[] { 0, 1, 20, 200 })
        {
            var (cpu, allocated) = await MeasureAsync(rules);
            const double samples = (double)Series * (Rounds - 1);
            table.Append(CultureInfo.InvariantCulture,
                $"| {rules} | {samples / cpu:N0} | {cpu / (samples * Fields) * 1e6:0.000} | {allocated / samples:0.0} |\n");
        }

        await results.WriteAsync("rule evaluation with 0, 1, 20 and 200 rules bound", $"{table}\nLimit: 0.150 CPU-s per million values with 20 rules.");
    }

    private static async Task<(double CpuSeconds, double Allocated)> MeasureAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-");
        try
        {
            await using var store = TimeSeriesStore.Open(
                new StoreOptions { Folder = Path.Combine(folder.FullName, "samples"), MinimumFreeBytes = 0 }, TimeProvider.System, NullLogger.Instance);
            return Measure(store, Load(folder.FullName, count));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (double CpuSeconds, double Allocated) Measure(TimeSeriesStore store, RuleSet rules)
    {
        using var shard = new RuleShard(0, store, new HostParents());
        var binder = new SeriesBinder(rules, shards: 1, knownSeries: 0, firstArrival: 0);
        var work = new EvaluationWork(1);
        var scratch = new LineScratch();
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var (cpu, allocated) = (TimeSpan.Zero, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            for (var first = 0; first < Series; first += RowsPerBatch)
            {
                using var batch = store.RentBatch("bench");
                Fill(batch, scratch, first, now + (round * 10_000_000_000L) - 60_000_000_000L, now);
                var (cpuBefore, allocatedBefore) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
                work.Begin(WorkKind.Batch, batch, 0, now);
                for (var row = 0; row < batch.Rows.Length; row++)
                {
                    if (binder.Bind(batch.Rows[row].Series) is { Shard: >= 0 } binding)
                    {
                        work.Rows[0].Add(row, binding);
                    }
                }

                shard.Run(work);

                // The first round binds the series and makes their windows.
                if (round > 0)
                {
                    cpu += Environment.CpuUsage.TotalTime - cpuBefore;
                    allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
                }
            }
        }

        return (cpu.TotalSeconds, allocated);
    }

    private static RuleSet Load(string folder, int count)
    {
        File.WriteAllText(Path.Combine(folder, "rules.json"), $$"""{ "Rules": [ {{string.Join(",\n", Enumerable.Range(0, count).Select(Rule))}} ] }""");
        var errors = new List<ConfigError>();
        var options = RulesOptions.Read(new OptionReader(ConfigNode.Empty("", new ConfigPlace("bench", 1, 1)), errors)) with { Directory = folder };
        return RuleSetLoader.Load(options, errors) ?? throw new InvalidOperationException(string.Join('\n', errors));
    }

    /// <summary>What a pack is made of: mostly a field against a number, some with two fields or a calculation, one in ten over a window. None ever holds.</summary>
    private static string Rule(int number)
    {
        var (a, b) = ($"f{number % Fields}", $"f{(number + 3) % Fields}");
        var (warning, critical) = (number % 10) switch
        {
            9 => ($"avg({a}, 5m) > {150 + number}", $"avg({a}, 5m) > {250 + number}"),
            7 or 8 => ($"{a} / ({b} + 1) * 100 > 1000000", $"100 - {a} > {200 + number}"),
            4 or 5 or 6 => ($"{a} > {110 + number} and {b} < 20GB", $"{a} > {120 + number} or {b} > {500 + number}"),
            _ => ($"{a} > {110 + number}", $"{a} > {120 + number}"),
        };
        return $$"""{ "Name": "r{{number}}", "Measurement": "m", "Warning": "{{warning}}", "Critical": "{{critical}}", "For": "5m" }""";
    }

    private static void Fill(SampleBatch batch, LineScratch scratch, int first, long time, long now)
    {
        var text = new StringBuilder();
        for (var series = first; series < first + RowsPerBatch; series++)
        {
            text.Append(CultureInfo.InvariantCulture, $"m,host=h{series} ");
            for (var field = 0; field < Fields; field++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(field == 0 ? "" : ",")}f{field}={(series + field + (time / 1_000_000_000)) % 100}.5");
            }

            text.Append(CultureInfo.InvariantCulture, $" {time}\n");
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
