namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What other threads tell a lane's thread to do.</summary>
internal readonly record struct LaneOrder(LaneOrderKind Kind, SnmpDevice Device, SnmpOperation? Operation, CancellationToken Token);

internal enum LaneOrderKind
{
    Open,
    Begin,
    Cancel,
    Close,
}
