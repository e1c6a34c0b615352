using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Bench.Probes;

/// <summary>
/// What one http check costs this process, a new connection each: rounds in a row, and rounds once a second, when caches are cold. The budget is 0.4 ms; blackbox_exporter
/// takes 0.90 ms when saturated, check_http 2.40 ms.
/// </summary>
internal static class HttpCheckBench
{
    private const int Targets = 100;
    private const double Budget = 0.4;

    public static async Task RunAsync(BenchResults results)
    {
        using var peer = await HttpPeer.StartAsync();
        await using var context = new ProbeContext(TimeProvider.System, "bench", NullLoggerFactory.Instance);
        var probe = Create(peer.Port, context);
        var points = new CountingSink();
        await RoundsAsync(probe, points, 50, TimeSpan.Zero);

        var table = new StringBuilder("| rounds of 100 targets | CPU ms a check | of the budget | bytes allocated a check |\n|---|---|---|---|\n");
        foreach (var (name, rounds, pause) in new[] { ("100, one after the other", 100, TimeSpan.Zero), ("15, one a second", 15, TimeSpan.FromSeconds(1)) })
        {
            points.Failed = 0;
            var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            await RoundsAsync(probe, points, rounds, pause);
            var checks = rounds * Targets;
            var each = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / checks;
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {each:F3} | {each / Budget:F2} | {(GC.GetTotalAllocatedBytes() - bytes) / checks} |\n");
            if (points.Failed > 0)
            {
                throw new InvalidOperationException($"{points.Failed} checks failed");
            }
        }

        await results.WriteAsync("what one http check costs", table.ToString().TrimEnd());
    }

    private static IProbe Create(int port, ProbeContext context)
    {
        var targets = string.Join(", ", Enumerable.Range(0, Targets).Select(i => $"\"http://127.0.0.1:{port}/{i}\""));
        var errors = new List<ConfigError>();
        var options = JsonConfigParser.Parse("bench", Encoding.UTF8.GetBytes($$"""{ "Targets": [{{targets}}], "Confirmations": 0 }"""), errors);
        var create = ProbeCatalog.Find("http")!.Read(new OptionReader(options, errors));
        return errors.Count == 0 ? create(context) : throw new InvalidOperationException(errors[0].Message);
    }

    private static async Task RoundsAsync(IProbe probe, IPointSink points, int rounds, TimeSpan pause)
    {
        for (var i = 0; i < rounds; i++)
        {
            await probe.ProbeAsync(points, CancellationToken.None);
            await Task.Delay(pause, TimeProvider.System);
        }
    }

    private sealed class CountingSink : IPointSink
    {
        public int Failed;

        public void Add(Point point)
        {
            if (point.FindField("result_code")!.Value.Integer != 0)
            {
                Interlocked.Increment(ref Failed);
            }
        }
    }
}
