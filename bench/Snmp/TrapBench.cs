using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Probes;

namespace NocMonitor.Bench.Snmp;

/// <summary>
/// Traps from the socket to lines ready for the spool, at several rates, each for some seconds: what is lost, and what a trap costs this process. The aim is 20,000 a
/// second and core without loss.
/// </summary>
internal static class TrapBench
{
    private const int Port = 16_299;
    private const int Seconds = 5;
    private static readonly int[] Rates = [5_000, 20_000, 40_000];

    public static async Task RunAsync(BenchResults results)
    {
        await using var context = new ProbeContext(TimeProvider.System, "bench", NullLoggerFactory.Instance);
        var probe = Create(context);
        var outlet = new CountingOutlet();
        using var sink = new ListeningSink(EntryOf(probe), new AgentIdentity("bench", "bench", new Dictionary<string, string>()), outlet, TimeProvider.System);
        ((IListeningProbe)probe).Listen(sink);
        await MeasureAsync(outlet, 10_000);

        var table = new StringBuilder("| traps a second | sent | lost | CPU us a trap | traps/s and core |\n|---|---|---|---|---|\n");
        foreach (var rate in Rates)
        {
            var (lost, cpu) = await MeasureAsync(outlet, rate);
            var each = cpu.TotalMicroseconds / ((rate * Seconds) - lost);
            table.Append(CultureInfo.InvariantCulture, $"| {rate:N0} | {rate * Seconds:N0} | {lost} | {each:F1} | {1e6 / each:N0} |\n");
        }

        (probe as IDisposable)?.Dispose();
        await results.WriteAsync("SNMP traps: loss and cost", table.ToString().TrimEnd());
    }

    private static async Task<(int Lost, TimeSpan Cpu)> MeasureAsync(CountingOutlet outlet, int rate)
    {
        var (before, cpu) = (outlet.Lines, Environment.CpuUsage.TotalTime);
        using var sender = TrapSender.Start(Port, rate * Seconds, rate);
        await sender.WaitForExitAsync();

        // What still waits in the buffer is not lost.
        for (var last = -1; last != outlet.Lines; await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System))
        {
            last = outlet.Lines;
        }

        return ((rate * Seconds) - (outlet.Lines - before), Environment.CpuUsage.TotalTime - cpu);
    }

    private static IProbe Create(ProbeContext context)
    {
        var errors = new List<ConfigError>();
        var options = JsonConfigParser.Parse("bench", Encoding.UTF8.GetBytes(
            $$"""{ "Address": "127.0.0.1", "Port": {{Port}}, "Rate": 1000000, "Burst": 10000000 }"""), errors);
        var create = ProbeCatalog.Find("snmp_trap")!.Read(new OptionReader(options, errors));
        return errors.Count == 0 ? create(context) : throw new InvalidOperationException(errors[0].Message);
    }

    private static ProbeEntry EntryOf(IProbe probe) => new()
    {
        Type = "snmp_trap",
        Name = "snmp_trap",
        Interval = TimeSpan.FromSeconds(10),
        TimeLimit = TimeSpan.FromSeconds(10),
        Tags = new Dictionary<string, string>(),
        Enabled = true,
        Create = _ => probe,
        Fingerprint = "",
        Place = new ConfigPlace("bench", 0, 0),
    };

    private sealed class CountingOutlet : PointOutlet
    {
        private int _lines;

        public int Lines => Volatile.Read(ref _lines);

        public override void Append(ReadOnlySpan<byte> lines, int count) => Interlocked.Add(ref _lines, count);

        public override void AskFlush()
        {
        }

        public override void CountDropped(int points) => throw new InvalidOperationException("a point was dropped");
    }
}
