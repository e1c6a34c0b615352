using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Swap;

/// <summary>How much swap there is and how much goes through it. Keeps buffers between rounds, which never overlap.</summary>
internal sealed partial class SwapProbe(SwapOptions options) : IProbe, IDisposable
{
    public static SwapProbe Create(SwapOptions options, ProbeContext context) => new(options);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        points.Add(OperatingSystem.IsWindows() ? ReadWindows() : ReadProc());
        return ValueTask.CompletedTask;
    }

    private static Point NewPoint(long total, long free)
    {
        var used = Math.Max(0, total - free);
        return new Point("swap")
            .Field("total", total)
            .Field("used", used)
            .Field("free", free)
            .Field("used_percent", Percent.Of(used, total));
    }
}
