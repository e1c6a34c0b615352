using System.Diagnostics;
using NocMonitor.Bench.Processes;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Bench.Snmp;

/// <summary>Polls the devices of a <see cref="SnmpPeer"/> in a process of its own, so that its CPU and memory are nobody else's.</summary>
internal static class SnmpPoller
{
    public const string Argument = "--snmp-poller";
    private const int Rounds = 3;

    /// <summary>Octets and packets of both directions from ifXTable, errors and discards from ifTable.</summary>
    internal static readonly IReadOnlyList<Oid> Counters =
    [
        .. Enumerable.Range(6, 8).Select(column => Oid.Parse($"1.3.6.1.2.1.31.1.1.1.{column}")),
        .. new[] { 13, 14, 19, 20 }.Select(column => Oid.Parse($"1.3.6.1.2.1.2.2.1.{column}")),
    ];

    /// <param name="troubled">So many of the first devices are dead or slow: the time of the others is told apart.</param>
    public static async Task<SnmpFigures> StartAsync(string columns, int port, int devices, int troubled)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, columns, $"{port}", $"{devices}", $"{troubled}"]) { RedirectStandardOutput = true };
        // As the agent ships: small generations, no second collector thread, 128 MiB of heap.
        start.Environment["DOTNET_GCgen0size"] = "200000";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "8000000";
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return SnmpFigures.Parse(line);
    }

    /// <summary>What the other process does: a round to warm up, then the measured ones.</summary>
    public static async Task<int> RunAsync(string columns, int port, int devices, int troubled)
    {
        await using var fleet = columns switch
        {
            "all" => new EngineFleet(SwitchRecording.Columns(), port, devices, troubled),
            "counters" => new EngineFleet(Counters, port, devices, troubled),
            _ => (IFleet)new ProbeFleet(port, devices, profiles: columns == "profiles"),
        };
        await fleet.RoundAsync();

        var (cpu, wall, before) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), fleet.Counters);
        var healthy = TimeSpan.Zero;
        for (var i = 0; i < Rounds; i++)
        {
            healthy += await fleet.RoundAsync();
        }

        Console.WriteLine(new SnmpFigures
        {
            CpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / Rounds,
            WallSeconds = Stopwatch.GetElapsedTime(wall).TotalSeconds / Rounds,
            HealthySeconds = healthy.TotalSeconds / Rounds,
            Requests = (fleet.Counters.Requests - before.Requests) / Rounds,
            Varbinds = (fleet.Counters.Varbinds - before.Varbinds) / Rounds,
            Retries = fleet.Counters.Retries - before.Retries,
            ResidentMiB = ProcessFigures.Read(Environment.ProcessId).PeakMiB,
        });
        return 0;
    }
}
