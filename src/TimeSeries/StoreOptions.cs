using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>Where a store lives and what it may cost. Read once when it opens.</summary>
public sealed record StoreOptions
{
    /// <summary>The folder of the store's files; made when absent. One process at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>How long samples are kept, by their own time; older points are refused. Range 1 h to 100 years, default 30 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long hourly roll-ups are kept. Range 1 day to 100 years, default 5 years.</summary>
    public TimeSpan RollupRetention { get; init; } = TimeSpan.FromDays(5 * 365);

    /// <summary>How far after its receipt a point's time may lie. Range 0 to 1 year, default 10 min.</summary>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of chunks on disk; beyond it the oldest hours go, whatever their age. 0 = no limit. Default 0.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Bytes the log may hold for consumers that lag behind; beyond it they lose the oldest batches, which is counted and logged. Range 16 MiB up, default 4 GiB.</summary>
    public long LogMaxBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of log after which samples are moved into chunks even when they are young. Range 1 MiB up, default 256 MiB.</summary>
    public long LogTargetBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of samples in memory at which commits wait for the compaction. Range 1 MiB up, default 256 MiB.</summary>
    public long HeadMaxBytes { get; init; } = 256L << 20;

    /// <summary>Commits are refused while the volume has less free, so that alerts can still be written. 0 = no limit. Default 64 MiB.</summary>
    public long MinimumFreeBytes { get; init; } = 64L << 20;

    /// <summary>Series of the whole store. Range 1 to 16,777,216, default 2,000,000.</summary>
    public int MaxSeries { get; init; } = 2_000_000;

    /// <summary>Series that one agent or token may bring. Range 1 up, default 200,000.</summary>
    public int MaxSeriesPerOrigin { get; init; } = 200_000;

    /// <summary>Fields of one measurement over all its series. Range 1 to 65,536, default 4,096.</summary>
    public int MaxFieldsPerMeasurement { get; init; } = 4_096;

    /// <summary>Bytes of measurement and tags together. Range 64 to 65,535, default 8,192.</summary>
    public int MaxKeyBytes { get; init; } = 8_192;

    /// <summary>Samples older than this, counted from their receipt, are moved from memory into chunks. Range 1 s to 1 h, default 15 min.</summary>
    public TimeSpan FlushAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Files up to this size are checked through and through at start; larger ones as they are read. Default 1 GiB.</summary>
    public long FullCheckBytes { get; init; } = 1L << 30;

    internal SeriesLimits SeriesLimits => new(Math.Min(MaxSeries, 1 << 24), MaxSeriesPerOrigin, MaxFieldsPerMeasurement, MaxKeyBytes);
}
