namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>A poll of a device that runs; no other begins until this is disposed.</summary>
public sealed class PollTurn : IDisposable
{
    private SnmpDevice? _device;

    internal PollTurn(SnmpDevice device) => _device = device;

    public void Dispose() => Interlocked.Exchange(ref _device, null)?.EndPoll();
}
