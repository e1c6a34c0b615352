using System.Runtime.Versioning;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Mem;

/// <summary>Linux: /proc/meminfo.</summary>
internal sealed partial class MemProbe
{
    private readonly ProcFile _file = new(options.Root.Proc("meminfo"));
    private readonly MemInfo _info = new();

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// The point of one reading. Available is the kernel's own estimate; kernels before 3.14 have none, and free plus caches comes nearest.
    /// </summary>
    internal static Point ToPoint(MemInfo info)
    {
        if (info[MemLine.Total] is not { } total || info[MemLine.Free] is not { } free)
        {
            throw new InvalidDataException("/proc/meminfo has no MemTotal or no MemFree");
        }

        var cached = (info[MemLine.Cached] ?? 0) + (info[MemLine.Reclaimable] ?? 0);
        var point = NewPoint(total, info[MemLine.Available] ?? Math.Min(total, free + (info[MemLine.Buffers] ?? 0) + cached));
        foreach (var line in MemLine.All)
        {
            if (line != MemLine.Total && line != MemLine.Available && info[line] is { } value)
            {
                point.Field(line.Field, line == MemLine.Cached ? cached : value);
            }
        }

        return point;
    }

    [UnsupportedOSPlatform("windows")]
    private Point ReadProc()
    {
        _info.Parse(_file.Read());
        return ToPoint(_info);
    }
}
