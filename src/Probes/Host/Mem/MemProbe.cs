using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Mem;

/// <summary>How the memory is used. Keeps buffers between rounds, which never overlap.</summary>
internal sealed partial class MemProbe(MemOptions options) : IProbe, IDisposable
{
    public static MemProbe Create(MemOptions options, ProbeContext context) => new(options);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        points.Add(OperatingSystem.IsWindows() ? ReadWindows() : ReadProc());
        return ValueTask.CompletedTask;
    }

    private static Point NewPoint(long total, long available)
    {
        var used = Math.Max(0, total - available);
        return new Point("mem")
            .Field("total", total)
            .Field("available", available)
            .Field("used", used)
            .Field("used_percent", Percent.Of(used, total))
            .Field("available_percent", Percent.Of(available, total));
    }
}
