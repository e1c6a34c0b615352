namespace NocMonitor.Probes.Host.Windows;

/// <summary>
/// Carries a counter on that the system keeps in 32 bits and lets wrap, within hours where it counts context switches. Right as long as it is read more
/// than once a wrap.
/// </summary>
internal struct Counter32
{
    private ulong _value;
    private bool _started;

    public long Advance(uint raw)
    {
        _value = _started ? _value + unchecked(raw - (uint)_value) : raw;
        _started = true;
        return (long)_value;
    }
}
