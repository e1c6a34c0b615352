using System.Runtime.Versioning;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Kernel;

/// <summary>Linux: /proc/stat, /proc/vmstat and the entropy counter.</summary>
internal sealed partial class KernelProbe
{
    private readonly ProcFile _stat = new(options.Root.Proc("stat"));
    private readonly ProcFile _vmStat = new(options.Root.Proc("vmstat"));
    private readonly ProcFile _entropy = new(options.Root.Proc("sys/kernel/random/entropy_avail"));

    public void Dispose()
    {
        _stat.Dispose();
        _vmStat.Dispose();
        _entropy.Dispose();
    }

    /// <summary>The point of one reading, with the fields that this kernel counts: oom_kill came with Linux 4.13.</summary>
    internal static Point ToPoint(ReadOnlySpan<byte> stat, ReadOnlySpan<byte> vmStat, ReadOnlySpan<byte> entropy)
    {
        var point = new Point("kernel");
        Add(point, "boot_time", stat, "btime"u8);
        Add(point, "context_switches", stat, "ctxt"u8);
        Add(point, "interrupts", stat, "intr"u8);
        Add(point, "processes_forked", stat, "processes"u8);
        Add(point, "oom_kill", vmStat, "oom_kill"u8);
        if (new TextCursor(entropy).TryLine(out var line) && TextCursor.IsNumber(line, out var bits))
        {
            point.Field("entropy_avail", (long)Math.Min(bits, long.MaxValue));
        }

        return point;
    }

    private static void Add(Point point, string field, ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        if (KeyedText.TryFind(text, key, out var value))
        {
            point.Field(field, (long)Math.Min(value, long.MaxValue));
        }
    }

    [UnsupportedOSPlatform("windows")]
    private Point ReadProc()
    {
        _vmStat.TryRead(out var vmStat);
        _entropy.TryRead(out var entropy);
        return ToPoint(_stat.Read(), vmStat, entropy);
    }
}
