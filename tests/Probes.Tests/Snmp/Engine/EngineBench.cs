using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>An engine and a simulator on one clock that moves only when a test says so.</summary>
internal sealed class EngineBench : IAsyncDisposable
{
    public EngineBench()
    {
        Simulator = new SnmpSimulator(Time);
        Engine = new SnmpEngine(Time, new SnmpSecurity(Time));
    }

    public ManualTimeProvider Time { get; } = new();

    public SnmpSimulator Simulator { get; }

    public SnmpEngine Engine { get; }

    /// <summary>A simulated device and the engine's view of it.</summary>
    public (SimulatedDevice Peer, SnmpDevice Device) Add(SnmpRecording recording, SnmpVersion version = SnmpVersion.V2c, SnmpRequestOptions? options = null)
    {
        var peer = Simulator.Add(recording, "secret");
        return (peer, Open(peer, version, options));
    }

    public SnmpDevice Open(SimulatedDevice peer, SnmpVersion version = SnmpVersion.V2c, SnmpRequestOptions? options = null) => Engine.Open(new SnmpTarget(
        peer.EndPoint.ToString(), peer.EndPoint, new SnmpCredentials { Version = version, Community = new Secret("secret") }, options ?? new SnmpRequestOptions()));

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
