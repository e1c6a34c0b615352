using NocMonitor.Dashboards.Definitions;

namespace NocMonitor.Dashboards;

/// <summary>The one list of dashboards.</summary>
internal static class DashboardCatalog
{
    public static IReadOnlyList<Dashboard> All { get; } =
    [
        Overview.Dashboard,
        HostDetail.Dashboard,
        NetworkDevice.Dashboard,
        NetworkInterface.Dashboard,
        Availability.Dashboard,
        PowerAndEnvironment.Dashboard,
        SelfHealth.Dashboard,
    ];
}
