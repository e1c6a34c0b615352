using System.Diagnostics;
using System.Globalization;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Bench.Snmp;

/// <summary>So many switches of 48 ports in a process of their own, so that their cost is not counted; the first of them dead, the next ones slow.</summary>
internal sealed class SnmpPeer : IDisposable
{
    public const string Argument = "--snmp-peer";
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;

    private SnmpPeer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<SnmpPeer> StartAsync(int devices, int dead = 0, int slow = 0)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, $"{devices}", $"{dead}", $"{slow}"]) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("the peer did not start");
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the peer names no port");
        return new SnmpPeer(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>What the other process does, until it is ended.</summary>
    public static async Task<int> ServeAsync(int devices, int dead, int slow)
    {
        var recording = SwitchRecording.Of(ports: 48);
        await using var simulator = new SnmpSimulator();
        for (var i = 0; i < devices; i++)
        {
            var device = simulator.Add(recording);
            device.Remembers = false;
            device.Faults.Silent = i < dead;
            device.Faults.Delay = i >= dead && i < dead + slow ? SlowAnswer : TimeSpan.Zero;
        }

        Console.WriteLine(simulator.Port);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
