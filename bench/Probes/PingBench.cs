using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Bench.Processes;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Bench.Probes;

/// <summary>
/// What one ping costs this process, point included, for 1,000 and 5,000 targets in 127.0.0.0/8: as fast as the pacing lets it, and with the default spread;
/// beside fping (Debian's package) over the same addresses. The budget is 0.02 ms. Needs the right to open an ICMP socket.
/// </summary>
internal static class PingBench
{
    private const int Rounds = 10;
    private const double BudgetMilliseconds = 0.02;
    private const string Fping = "/usr/bin/fping";

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| targets | how | CPU us a probe | of the budget | bytes allocated a probe |\n|---|---|---|---|---|\n");
        foreach (var count in new[] { 1000, 5000 })
        {
            var targets = Enumerable.Range(0, count).Select(i => $"127.1.{i / 250}.{(i % 250) + 1}").ToArray();
            foreach (var spread in new[] { "0s", "500ms" })
            {
                var (cpu, bytes) = await MeasureAsync(targets, spread);
                Append(table, count, $"probe, spread {spread}", cpu, bytes.ToString(CultureInfo.InvariantCulture));
            }

            if (File.Exists(Fping))
            {
                Append(table, count, "fping -q -c10 -p10 -i0", await MeasureFpingAsync(targets), "");
            }
        }

        await results.WriteAsync("what one ping costs, beside fping", table.ToString().TrimEnd());
    }

    private static void Append(StringBuilder table, int targets, string how, double milliseconds, string bytes) => table.Append(
        CultureInfo.InvariantCulture, $"| {targets} | {how} | {milliseconds * 1000:F1} | {milliseconds / BudgetMilliseconds:F2} | {bytes} |\n");

    private static async Task<(double CpuMilliseconds, long Bytes)> MeasureAsync(string[] targets, string spread)
    {
        await using var context = new ProbeContext(TimeProvider.System, "bench", NullLoggerFactory.Instance);
        var probe = Create(targets, spread, context);
        var points = new CountingSink();
        await RoundsAsync(probe, points);

        points.Failed = 0;
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        await RoundsAsync(probe, points);
        var probes = Rounds * targets.Length;
        var each = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / probes;
        return points.Failed == 0
            ? (each, (GC.GetTotalAllocatedBytes() - bytes) / probes)
            : throw new InvalidOperationException($"{points.Failed} pings failed");
    }

    private static IProbe Create(string[] targets, string spread, ProbeContext context)
    {
        var list = string.Join(", ", targets.Select(target => $"\"{target}\""));
        var errors = new List<ConfigError>();
        var options = JsonConfigParser.Parse("bench", Encoding.UTF8.GetBytes($$"""{ "Targets": [{{list}}], "Spread": "{{spread}}", "Confirmations": 0 }"""), errors);
        var create = ProbeCatalog.Find("ping")!.Read(new OptionReader(options, errors));
        return errors.Count == 0 ? create(context) : throw new InvalidOperationException(errors[0].Message);
    }

    private static async Task RoundsAsync(IProbe probe, IPointSink points)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await probe.ProbeAsync(points, CancellationToken.None);
        }
    }

    /// <summary>What the kernel charged for children that have ended, before and after the one that runs here.</summary>
    private static async Task<double> MeasureFpingAsync(string[] targets)
    {
        var before = ChildrenCpu.Milliseconds;
        using var fping = Process.Start(new ProcessStartInfo(Fping, ["-q", $"-c{Rounds}", "-p10", "-i0"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        var summary = fping.StandardError.ReadToEndAsync();
        foreach (var target in targets)
        {
            await fping.StandardInput.WriteLineAsync(target);
        }

        fping.StandardInput.Close();
        await summary;
        await fping.WaitForExitAsync();
        return (ChildrenCpu.Milliseconds - before) / (Rounds * targets.Length);
    }

    private sealed class CountingSink : IPointSink
    {
        public int Failed;

        public void Add(Point point)
        {
            if (point.FindField("result_code")!.Value.Integer != 0)
            {
                Failed++;
            }
        }
    }
}
