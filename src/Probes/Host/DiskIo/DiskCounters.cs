namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>What a disk counted since boot. Times in milliseconds; merged and weighted counts only on Linux.</summary>
internal readonly record struct DiskCounters
{
    public ulong Reads { get; init; }

    public ulong MergedReads { get; init; }

    public ulong ReadBytes { get; init; }

    public ulong ReadTime { get; init; }

    public ulong Writes { get; init; }

    public ulong MergedWrites { get; init; }

    public ulong WriteBytes { get; init; }

    public ulong WriteTime { get; init; }

    public ulong InProgress { get; init; }

    /// <summary>How long at least one request was in progress; on Windows from a zero of its own, only differences mean something.</summary>
    public ulong IoTime { get; init; }

    public ulong WeightedIoTime { get; init; }
}
