using System.Diagnostics;
using System.Net;
using NocMonitor.Bench.Processes;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Bench.Snmp;

/// <summary>Polls the devices of a <see cref="SnmpPeer"/> by the engine alone, in a process of its own, so that its CPU and memory are nobody else's.</summary>
internal static class SnmpPoller
{
    public const string Argument = "--snmp-poller";
    private const int Rounds = 5;

    /// <summary>Octets and packets of both directions from ifXTable, errors and discards from ifTable.</summary>
    private static readonly IReadOnlyList<Oid> Counters =
    [
        .. Enumerable.Range(6, 8).Select(column => Oid.Parse($"1.3.6.1.2.1.31.1.1.1.{column}")),
        .. new[] { 13, 14, 19, 20 }.Select(column => Oid.Parse($"1.3.6.1.2.1.2.2.1.{column}")),
    ];

    /// <param name="troubled">So many of the first devices are dead or slow: the time of the others is told apart.</param>
    public static async Task<SnmpFigures> StartAsync(string columns, int port, int devices, int troubled)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, columns, $"{port}", $"{devices}", $"{troubled}"]) { RedirectStandardOutput = true };
        // As the shipped unit sets it: small generations keep the resident size small.
        start.Environment["DOTNET_GCgen0size"] = "200000";
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return SnmpFigures.Parse(line);
    }

    /// <summary>What the other process does.</summary>
    public static async Task<int> RunAsync(string columns, int port, int devices, int troubled)
    {
        await using var engine = new SnmpEngine(TimeProvider.System, new SnmpSecurity(TimeProvider.System));
        var opened = Enumerable.Range(0, devices).Select(i => Open(engine, i, port)).ToArray();
        IReadOnlyList<Oid> asked = columns == "all" ? SwitchRecording.Columns() : Counters;
        await RoundAsync(opened, asked, troubled);

        var (cpu, wall, requests) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), engine.Counters.Requests);
        var healthy = TimeSpan.Zero;
        for (var i = 0; i < Rounds; i++)
        {
            healthy += await RoundAsync(opened, asked, troubled);
        }

        Console.WriteLine(new SnmpFigures
        {
            CpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / Rounds,
            WallSeconds = Stopwatch.GetElapsedTime(wall).TotalSeconds / Rounds,
            HealthySeconds = healthy.TotalSeconds / Rounds,
            Requests = (engine.Counters.Requests - requests) / Rounds,
            Retries = engine.Counters.Retries,
            ResidentMiB = ProcessFigures.Read(Environment.ProcessId).PeakMiB,
        });
        return 0;
    }

    private static SnmpDevice Open(SnmpEngine engine, int index, int port)
    {
        var endPoint = new IPEndPoint(new IPAddress([127, 1, (byte)(index / 250), (byte)((index % 250) + 1)]), port);
        var credentials = new SnmpCredentials { Community = new Secret("public") };
        return engine.Open(new SnmpTarget(endPoint.ToString(), endPoint, credentials, new SnmpRequestOptions()));
    }

    /// <returns>When the last device without trouble was done.</returns>
    private static async Task<TimeSpan> RoundAsync(SnmpDevice[] devices, IReadOnlyList<Oid> columns, int troubled)
    {
        var started = Stopwatch.GetTimestamp();
        var walks = devices.Select(device => WalkAsync(device, columns)).ToArray();
        var good = await Task.WhenAll(walks[troubled..]);
        var healthy = Stopwatch.GetElapsedTime(started);
        await Task.WhenAll(walks);
        return good.All(found => found == columns.Count * 48) ? healthy : throw new InvalidOperationException("a walk did not find all values");
    }

    private static async Task<int> WalkAsync(SnmpDevice device, IReadOnlyList<Oid> columns)
    {
        var sink = new CountingSink();
        await device.WalkAsync(columns, sink, WalkLimits.Usual, CancellationToken.None);
        return sink.Found;
    }

    private sealed class CountingSink : IWalkSink
    {
        public int Found { get; private set; }

        public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value) => Found += value.TryGetInt64(out _) || value.Content.Length > 0 ? 1 : 0;
    }
}
