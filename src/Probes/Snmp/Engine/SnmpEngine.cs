using System.Net.Sockets;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// Asks all SNMP devices of one agent over one UDP socket an address family; each family's lane is made when it is first needed. Safe for concurrent use; the lock guards the
/// lanes' making. Disposing ends all that waits.
/// </summary>
public sealed class SnmpEngine : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly SnmpSecurity _security;
    private readonly Func<AddressFamily, ISnmpSocket> _open;
    private readonly Lock _lock = new();
    private readonly Dictionary<AddressFamily, SnmpLane> _lanes = [];
    private long _overruns;
    private bool _disposed;

    public SnmpEngine(TimeProvider time, SnmpSecurity security)
        : this(time, security, SnmpSockets.Open)
    {
    }

    internal SnmpEngine(TimeProvider time, SnmpSecurity security, Func<AddressFamily, ISnmpSocket> open)
    {
        _time = time;
        _security = security;
        _open = open;
    }

    /// <summary>Learns what each device's address is called.</summary>
    public DeviceAddresses Names { get; init; } = new();

    /// <summary>What all devices' requests came to.</summary>
    public SnmpCounters Counters
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Values.Aggregate(new SnmpCounters { Overruns = Interlocked.Read(ref _overruns) }, (sum, lane) => sum + lane.Counters);
            }
        }
    }

    /// <summary>The one engine of an agent.</summary>
    public static SnmpEngine Of(ProbeContext context) => context.Shared(static context =>
        new SnmpEngine(context.Time, context.Shared(static context => new SnmpSecurity(context.Time))) { Names = DeviceAddresses.Of(context) });

    /// <summary>Begins to deal with a device. Dispose it when it is asked no more: until then it keeps what it learnt.</summary>
    /// <exception cref="SocketException">This machine opens no socket of the target's family.</exception>
    public SnmpDevice Open(SnmpTarget target)
    {
        Names.Set(target.EndPoint.Address, target.Name);
        var lane = Lane(target.EndPoint.AddressFamily);
        var device = new SnmpDevice(target, _security.Open(target.Credentials, target.Name), lane, _time);
        lane.Post(new LaneOrder(LaneOrderKind.Open, device, null, default));
        return device;
    }

    /// <summary>Counts a poll that was not begun because the one before of the same device still ran.</summary>
    public void NoteOverrun() => Interlocked.Increment(ref _overruns);

    public async ValueTask DisposeAsync()
    {
        List<SnmpLane> lanes;
        lock (_lock)
        {
            lanes = _disposed ? [] : [.. _lanes.Values];
            _disposed = true;
        }

        foreach (var lane in lanes)
        {
            await lane.DisposeAsync();
        }
    }

    private SnmpLane Lane(AddressFamily family)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_lanes.TryGetValue(family, out var lane))
            {
                lane = new SnmpLane(_open(family), _time);
                _lanes.Add(family, lane);
            }

            return lane;
        }
    }
}
