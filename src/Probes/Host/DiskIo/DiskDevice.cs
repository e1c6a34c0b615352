namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>What is remembered of a disk between rounds.</summary>
internal sealed class DiskDevice(string name, bool isReported)
{
    private DiskCounters _last;
    private long _lastTime;
    private bool _hasLast;

    public string Name => name;

    public bool IsReported => isReported;

    /// <summary>What passed since the reading before; null at the first.</summary>
    public DiskLoad? Advance(in DiskCounters now, long timestamp, TimeProvider time)
    {
        var load = _hasLast ? DiskLoad.Between(_last, now, time.GetElapsedTime(_lastTime, timestamp)) : null;
        (_last, _lastTime, _hasLast) = (now, timestamp, true);
        return load;
    }
}
