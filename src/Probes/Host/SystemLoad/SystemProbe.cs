using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>Load, uptime, CPUs and who is logged in. Keeps buffers between rounds, which never overlap.</summary>
internal sealed partial class SystemProbe(SystemOptions options) : IProbe, IDisposable
{
    public static SystemProbe Create(SystemOptions options, ProbeContext context) => new(options);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        points.Add(OperatingSystem.IsWindows() ? ReadWindows() : ReadProc());
        return ValueTask.CompletedTask;
    }

    private static void AddUsers(Point point, UserCount? users)
    {
        if (users is { } count)
        {
            point.Field("n_users", count.Sessions).Field("n_unique_users", count.Names);
        }
    }
}
