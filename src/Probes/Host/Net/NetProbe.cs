using NocMonitor.LineProtocol;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Host.Net;

/// <summary>Traffic and state of each network interface. Keeps open files and speeds between rounds, which never overlap.</summary>
internal sealed partial class NetProbe : IProbe, IDisposable
{
    private readonly NamePattern[] _interfaces;
    private readonly NamePattern[] _excludeInterfaces;

    public NetProbe(NetOptions options, TimeProvider time)
    {
        _interfaces = Patterns(options.Interfaces);
        _excludeInterfaces = Patterns(options.ExcludeInterfaces);
        _netDev = new ProcFile(options.Root.NamespaceProc("net/dev"));
        _known = new NameList<LinuxInterface>(name => new LinuxInterface(name, IsWanted(name), options.Root, time));
    }

    private bool IsNamed => _interfaces.Length > 0;

    public static NetProbe Create(NetOptions options, ProbeContext context) => new(options, context.Time);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        if (OperatingSystem.IsWindows())
        {
            ReadWindows(points);
        }
        else
        {
            ReadProc(points);
        }

        return ValueTask.CompletedTask;
    }

    private static NamePattern[] Patterns(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => new NamePattern(text, ignoreCase: OperatingSystem.IsWindows()))];

    private bool IsWanted(string name) => IsNamed
        ? Array.Exists(_interfaces, pattern => pattern.Matches(name))
        : !Array.Exists(_excludeInterfaces, pattern => pattern.Matches(name));

    /// <summary>
    /// One that is switched off is only reported when it was on before: then there may be an alert of it, which has to hear that somebody switched it off.
    /// </summary>
    private void Report(IPointSink points, string name, in InterfaceCounters counters, in LinkState state, bool wasSwitchedOn)
    {
        if (IsNamed || (!state.IsLoopback && wasSwitchedOn))
        {
            var point = new Point("net").Tag("interface", name);
            AddCounters(point, counters);
            AddState(point, state);
            points.Add(point);
        }
    }

    private static void AddCounters(Point point, in InterfaceCounters counters) => point
        .Field("bytes_sent", Signed(counters.BytesSent))
        .Field("bytes_recv", Signed(counters.BytesReceived))
        .Field("packets_sent", Signed(counters.PacketsSent))
        .Field("packets_recv", Signed(counters.PacketsReceived))
        .Field("err_in", Signed(counters.ErrorsIn))
        .Field("err_out", Signed(counters.ErrorsOut))
        .Field("drop_in", Signed(counters.DropsIn))
        .Field("drop_out", Signed(counters.DropsOut));

    private static void AddState(Point point, in LinkState state)
    {
        Add(point, "admin_up", state.IsAdminUp);
        Add(point, "oper_up", state.IsOperUp);
        Add(point, "full_duplex", state.IsFullDuplex);
        if (state.Speed is { } speed)
        {
            point.Field("speed", speed);
        }

        if (state.CarrierChanges is { } changes)
        {
            point.Field("carrier_changes", changes);
        }
    }

    private static void Add(Point point, string field, bool? value)
    {
        if (value is { } known)
        {
            point.Field(field, known ? 1L : 0L);
        }
    }

    private static long Signed(ulong value) => (long)Math.Min(value, long.MaxValue);
}
