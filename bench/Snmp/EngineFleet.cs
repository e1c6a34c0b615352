using System.Diagnostics;
using System.Net;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Bench.Snmp;

/// <summary>Polled by the engine alone, which gives its rows to a sink that counts them.</summary>
internal sealed class EngineFleet : IFleet
{
    private const int Ports = 48;

    private readonly SnmpEngine _engine = new(TimeProvider.System, new SnmpSecurity(TimeProvider.System));
    private readonly IReadOnlyList<Oid> _columns;
    private readonly int _troubled;
    private readonly SnmpDevice[] _devices;

    public EngineFleet(IReadOnlyList<Oid> columns, int port, int devices, int troubled)
    {
        _columns = columns;
        _troubled = troubled;
        _devices = [.. Enumerable.Range(0, devices).Select(i => Open(i, port))];
    }

    public SnmpCounters Counters => _engine.Counters;

    /// <summary>The address of a simulated device.</summary>
    public static IPAddress AddressOf(int index) => new([127, 1, (byte)(index / 250), (byte)((index % 250) + 1)]);

    public async Task<TimeSpan> RoundAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var walks = _devices.Select(WalkAsync).ToArray();
        var good = await Task.WhenAll(walks[_troubled..]);
        var healthy = Stopwatch.GetElapsedTime(started);
        await Task.WhenAll(walks);
        return good.All(found => found == _columns.Count * Ports) ? healthy : throw new InvalidOperationException("a walk did not find all values");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private SnmpDevice Open(int index, int port)
    {
        var endPoint = new IPEndPoint(AddressOf(index), port);
        var credentials = new SnmpCredentials { Community = new Secret("public") };
        return _engine.Open(new SnmpTarget(endPoint.ToString(), endPoint, credentials, new SnmpRequestOptions()));
    }

    private async Task<int> WalkAsync(SnmpDevice device)
    {
        var sink = new CountingSink();
        await device.WalkAsync(_columns, sink, WalkLimits.Usual, CancellationToken.None);
        return sink.Found;
    }

    private sealed class CountingSink : IWalkSink
    {
        public int Found { get; private set; }

        public void Row(int column, ReadOnlySpan<byte> index, in VarbindView value) => Found += value.TryGetInt64(out _) || value.Content.Length > 0 ? 1 : 0;
    }
}
