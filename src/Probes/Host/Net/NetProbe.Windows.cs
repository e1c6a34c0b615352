using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Net;

/// <summary>Windows: GetIfTable2, without the filter layers that count each packet once more.</summary>
internal sealed partial class NetProbe
{
    private const ulong BitsPerMegabit = 1_000_000;

    // Names that people give to adapters: few, and kept for the life of the probe.
    private readonly HashSet<string> _switchedOn = new(StringComparer.OrdinalIgnoreCase);

    [SupportedOSPlatform("windows")]
    private void ReadWindows(IPointSink points) => InterfaceTable.Visit((ref row) =>
    {
        if (!row.IsInternal && row.Alias is { Length: > 0 } name && IsWanted(name))
        {
            if (row.IsAdminUp)
            {
                _switchedOn.Add(name);
            }

            Report(points, name, ToCounters(row), ToState(row), _switchedOn.Contains(name));
        }
    });

    private static InterfaceCounters ToCounters(in InterfaceRow row) => new()
    {
        BytesReceived = row.BytesReceived,
        PacketsReceived = row.PacketsReceived,
        ErrorsIn = row.ErrorsIn,
        DropsIn = row.DropsIn,
        BytesSent = row.BytesSent,
        PacketsSent = row.PacketsSent,
        ErrorsOut = row.ErrorsOut,
        DropsOut = row.DropsOut,
    };

    private static LinkState ToState(in InterfaceRow row) => new()
    {
        IsAdminUp = row.IsAdminUp,
        IsOperUp = row.IsOperUp,
        IsLoopback = row.IsLoopback,
        Speed = row.Speed is { } bits ? (long)(bits / BitsPerMegabit) : null,
    };
}
