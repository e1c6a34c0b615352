namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>How a disk did between two readings: what a request waited, queue and service together, and how busy the disk was.</summary>
/// <param name="ReadAwait">Milliseconds a read; 0 without reads, as iostat prints it.</param>
/// <param name="WriteAwait">Milliseconds a write; 0 without writes.</param>
/// <param name="Await">Milliseconds a request; 0 without requests.</param>
/// <param name="Utilization">Percent of the time with at least one request in progress. A disk that serves many at once is not full at 100.</param>
internal readonly record struct DiskLoad(double ReadAwait, double WriteAwait, double Await, double Utilization)
{
    private const int Decimals = 2;

    /// <summary>Null when the counters started anew in between: then nobody knows what passed.</summary>
    public static DiskLoad? Between(in DiskCounters before, in DiskCounters after, TimeSpan elapsed)
    {
        if (after.Reads < before.Reads || after.Writes < before.Writes || elapsed <= TimeSpan.Zero)
        {
            return null;
        }

        var (reads, writes) = (after.Reads - before.Reads, after.Writes - before.Writes);
        var (readTime, writeTime) = (Forward(before.ReadTime, after.ReadTime), Forward(before.WriteTime, after.WriteTime));
        return new DiskLoad(
            PerRequest(readTime, reads),
            PerRequest(writeTime, writes),
            PerRequest(readTime + writeTime, reads + writes),
            Math.Min(100, Percent.Of(Forward(before.IoTime, after.IoTime), elapsed.TotalMilliseconds)));
    }

    /// <summary>
    /// The kernel prints times as 32 bits of milliseconds, which wrap after 49 days of I/O. The requests did not start anew, so a smaller time is such a wrap.
    /// </summary>
    private static double Forward(ulong before, ulong after) => after >= before ? after - before : unchecked((uint)after - (uint)before);

    private static double PerRequest(double time, ulong requests) => requests > 0 ? Math.Round(time / requests, Decimals) : 0;
}
