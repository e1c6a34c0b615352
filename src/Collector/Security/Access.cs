namespace NocMonitor.Collector.Security;

/// <summary>What a request may do.</summary>
[Flags]
internal enum Access
{
    None = 0,

    /// <summary>Write points.</summary>
    Write = 1,

    /// <summary>Read points, alerts, hosts and metrics.</summary>
    Read = 2,

    /// <summary>Acknowledge alerts and change what is configured at run time.</summary>
    Manage = 4,
}
