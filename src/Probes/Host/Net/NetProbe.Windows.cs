using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Net;

/// <summary>Windows: GetIfTable2, without the filter layers that count each packet once more.</summary>
internal sealed partial class NetProbe
{
    private const ulong BitsPerMegabit = 1_000_000;

    [SupportedOSPlatform("windows")]
    private void ReadWindows(IPointSink points) => InterfaceTable.Visit((ref row) =>
    {
        if (!row.IsInternal && row.Alias is { Length: > 0 } name && IsWanted(name))
        {
            Report(points, name, ToCounters(row), ToState(row));
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
