namespace NocMonitor.Dashboards;

/// <summary>Columns that lead from a row to the dashboard that tells more.</summary>
internal static class Links
{
    private static readonly Link Checks = new("Reachability of this host", "nocmonitor-availability", ("host", "host"));
    private static readonly Link Device = new("This network device", "nocmonitor-device", ("host", "host"));
    private static readonly Link HostDetail = new("This host", "nocmonitor-host", ("host", "host"));

    /// <summary>A host that may be a server or a device.</summary>
    public static Column AnyHost { get; } = new("host") { Links = [HostDetail, Device, Checks] };

    public static Column Host { get; } = new("host") { Links = [HostDetail, Checks] };

    public static Column Target { get; } = new("host") { Links = [Checks, HostDetail, Device] };

    public static Column Port { get; } = new("ifName") { Links = [new("This port", "nocmonitor-interface", ("host", "host"), ("interface", "ifName"))] };

    public static Column DeviceHost { get; } = new("host") { Links = [Device, Checks] };
}
