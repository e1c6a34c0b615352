using System.Runtime.Versioning;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Swap;

/// <summary>Linux: /proc/meminfo and /proc/vmstat.</summary>
internal sealed partial class SwapProbe
{
    private readonly ProcFile _memInfo = new(options.Root.Proc("meminfo"));
    private readonly ProcFile _vmStat = new(options.Root.Proc("vmstat"));

    public void Dispose()
    {
        _memInfo.Dispose();
        _vmStat.Dispose();
    }

    /// <summary>The point of one reading; without /proc/vmstat it has no traffic.</summary>
    internal static Point ToPoint(ReadOnlySpan<byte> memInfo, ReadOnlySpan<byte> vmStat)
    {
        if (!KeyedText.TryFind(memInfo, "SwapTotal:"u8, out var total) || !KeyedText.TryFind(memInfo, "SwapFree:"u8, out var free))
        {
            throw new InvalidDataException("/proc/meminfo has no SwapTotal or no SwapFree");
        }

        var point = NewPoint(Bytes(total, 1024), Bytes(free, 1024));
        if (KeyedText.TryFind(vmStat, "pswpin"u8, out var pagesIn) && KeyedText.TryFind(vmStat, "pswpout"u8, out var pagesOut))
        {
            point.Field("in", Bytes(pagesIn, Environment.SystemPageSize)).Field("out", Bytes(pagesOut, Environment.SystemPageSize));
        }

        return point;
    }

    private static long Bytes(ulong count, int unit) => (long)Math.Min(count, long.MaxValue / (ulong)unit) * unit;

    [UnsupportedOSPlatform("windows")]
    private Point ReadProc()
    {
        _vmStat.TryRead(out var vmStat);
        return ToPoint(_memInfo.Read(), vmStat);
    }
}
