namespace NocMonitor.Testing.Snmp;

/// <summary>A counter that runs evenly and wraps at 2^32 or 2^64.</summary>
internal sealed class RunningNumber(TimeProvider time, ulong start, double perSecond, bool wide)
{
    private readonly Lock _lock = new();
    private ulong _start = start;
    private long _since = time.GetTimestamp();

    public byte[] Content()
    {
        lock (_lock)
        {
            var value = unchecked(_start + (ulong)(time.GetElapsedTime(_since).TotalSeconds * perSecond));
            return Ber.Unsigned(wide ? value : (uint)value);
        }
    }

    public void Restart(long at)
    {
        lock (_lock)
        {
            (_start, _since) = (0, at);
        }
    }
}
