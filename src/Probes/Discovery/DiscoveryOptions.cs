using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Discovery;

/// <summary>How a discovery looks. Immutable.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Ports that tell most about what a device is for.</summary>
    public static IReadOnlyList<int> UsualPorts { get; } =
        [21, 22, 23, 25, 53, 80, 110, 139, 143, 389, 443, 445, 515, 554, 587, 631, 636, 993, 1433, 1521, 3306, 3389, 5432, 5900, 5985, 8080, 8443, 9100];

    /// <summary>Packets a second, pings and connections each.</summary>
    public int Rate { get; init; } = 500;

    /// <summary>How long an answer to a ping or a connection is awaited.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pings to an address that does not answer.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Devices looked into at once.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Takes every address for one that answers: for networks that drop pings.</summary>
    public bool SkipsPing { get; init; }

    /// <summary>TCP ports to try; none to try none.</summary>
    public IReadOnlyList<int> Ports { get; init; } = UsualPorts;

    public int SnmpPort { get; init; } = 161;

    /// <summary>Tried one after the other until one is answered; none to ask nothing by SNMP.</summary>
    public IReadOnlyList<SnmpCredentials> Credentials { get; init; } = [];

    /// <summary>Folders of device profiles beside the shipped ones.</summary>
    public IReadOnlyList<string> ProfileFolders { get; init; } = [];
}
