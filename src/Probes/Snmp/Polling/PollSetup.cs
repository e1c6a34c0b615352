using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>What all pollers of a probe share. Immutable; what is in it may be used by any thread.</summary>
internal sealed record PollSetup
{
    public required TimeProvider Time { get; init; }

    public required NameResolver Names { get; init; }

    public required SnmpEngine Engine { get; init; }

    public required PlanLibrary Plans { get; init; }

    public required TablePool Tables { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Rows of one table.</summary>
    public required int MaxRows { get; init; }

    /// <summary>Time that one table may take.</summary>
    public required TimeSpan TableTimeout { get; init; }

    /// <summary>A table without rows is asked again after so long.</summary>
    public required TimeSpan EmptyTableInterval { get; init; }
}
