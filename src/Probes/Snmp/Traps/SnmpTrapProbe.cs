using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Receives traps and informs. Each becomes a point as soon as it arrives; each round reports how the receiving goes. Points come from the listener's
/// thread, rounds from the runner's.
/// </summary>
internal sealed class SnmpTrapProbe : IListeningProbe, INotificationSink, IDisposable
{
    private readonly SnmpTrapOptions _options;
    private readonly ProbeContext _context;
    private readonly TrapReceiver _receiver;
    private readonly TrapListener _listener;
    private readonly TrapPointWriter _writer;
    private readonly TrapCounters _counters;
    private IPointSink? _points;
    private long _lastTimestamp;

    private SnmpTrapProbe(SnmpTrapOptions options, ProbeContext context)
    {
        _options = options;
        _context = context;
        _receiver = new TrapReceiver(options, OwnEngine.Of(context), new UsmKeyCache(), context.Time, this);
        _counters = _receiver.Counters;
        _listener = new TrapListener(options, _receiver, context.Time, context.Logs.CreateLogger(""));
        _writer = new TrapPointWriter(ProfileTraps.NamesOf(ProfileLibraries.Of(context).Load(options.ProfileFolders)), new TrapHosts(options.Names, options.Relays, DeviceAddresses.Of(context)));
    }

    public static IProbe Create(SnmpTrapOptions options, ProbeContext context) => new SnmpTrapProbe(options, context);

    public void Listen(IPointSink points)
    {
        _points = points;
        _listener.Start();
    }

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        if (_points is null)
        {
            // A single run from the command line: nobody called Listen, and who asked wants to see what comes.
            Listen(points);
            await Task.Delay(_options.ListenOnce, _context.Time, token);
        }

        var reason = _listener.Reason;
        var point = _counters.AddTo(new Point("snmp_trap_receiver").Tag("port", $"{_options.Port}"))
            .Field("result_code", reason is null ? ResultCode.Success : ResultCode.ProbeFailed);
        if (SocketDrops.Read(_options.Port) is { } lost)
        {
            point.Field("lost", lost);
        }

        points.Add(reason is null ? point : point.Field("error", $"traps cannot be received: {reason}"));
    }

    /// <summary>Two traps of one moment are two points: no timestamp is given twice.</summary>
    public void Take(UInt128 source, in Notification notification)
    {
        var point = _writer.Write(source, notification);
        _lastTimestamp = Math.Max(UnixNanoseconds.From(_context.Time.GetUtcNow()), _lastTimestamp + 1);
        point.Timestamp = _lastTimestamp;
        _points!.Add(point);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _receiver.Dispose();
    }
}
