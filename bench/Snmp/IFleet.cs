using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Bench.Snmp;

/// <summary>The devices of a <see cref="SnmpPeer"/>, polled in one way or another.</summary>
internal interface IFleet : IAsyncDisposable
{
    SnmpCounters Counters { get; }

    /// <summary>Polls all devices once.</summary>
    /// <returns>When the last device without trouble was done.</returns>
    Task<TimeSpan> RoundAsync();
}
