using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Net;

/// <summary>Linux: counters from /proc/net/dev, state from /sys/class/net.</summary>
internal sealed partial class NetProbe
{
    private readonly ProcFile _netDev;
    private readonly NameList<LinuxInterface> _known;

    public void Dispose()
    {
        _netDev.Dispose();
        _known.Clear();
    }

    [UnsupportedOSPlatform("windows")]
    private void ReadProc(IPointSink points)
    {
        _known.Begin();
        var lines = new TextCursor(_netDev.Read());
        while (lines.TryLine(out var line))
        {
            if (NetDevParser.TryParse(line, out var name, out var counters) && _known.Get(name) is { IsWanted: true } found)
            {
                var state = found.ReadState();
                Report(points, found.Name, counters, state, found.WasSwitchedOn);
            }
        }

        _known.End();
    }
}
