using NocMonitor.Configuration;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Storage;

/// <summary>The section <c>Store</c>: how long and how much is kept. The store's own <see cref="StoreOptions"/> say what each means.</summary>
internal static class StoreSettings
{
    private const string FolderName = "samples";
    private static readonly StoreOptions Default = new() { Folder = FolderName };

    /// <summary>Reads all but the folder, which is a part of the data folder.</summary>
    public static StoreOptions Read(OptionReader reader) => new()
    {
        Folder = FolderName,
        Retention = reader.Duration("Retention", Default.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(36500),
            "How long samples are kept, by their own time; older points are refused."),
        RollupRetention = reader.Duration("RollupRetention", Default.RollupRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(36500),
            "How long hourly roll-ups are kept."),
        FutureLimit = reader.Duration("FutureLimit", Default.FutureLimit, TimeSpan.Zero, TimeSpan.FromDays(365),
            "How far ahead of this machine's clock a point's time may lie; points further ahead are refused."),
        MaxBytes = reader.Bytes("MaxBytes", Default.MaxBytes, 0, long.MaxValue,
            "Chunks on disk; beyond it the oldest hours go, whatever their age. 0: no limit."),
        LogMaxBytes = reader.Bytes("LogMaxBytes", Default.LogMaxBytes, 16 << 20, long.MaxValue,
            "Write-ahead log kept for whoever has not read it yet; beyond it the oldest batches are cut off, counted and logged."),
        MinimumFreeBytes = reader.Bytes("MinimumFreeBytes", Default.MinimumFreeBytes, 0, long.MaxValue,
            "Points are refused with 503 while the volume has less free, so that alerts can still be written. 0: no limit."),
        MaxSeries = reader.Integer("MaxSeries", Default.MaxSeries, 1, 1 << 24, "Series of the whole store."),
        MaxSeriesPerOrigin = reader.Integer("MaxSeriesPerAgent", Default.MaxSeriesPerOrigin, 1, 1 << 24,
            "Series that one token, or without tokens one address, may bring."),
        MaxFieldsPerMeasurement = reader.Integer("MaxFieldsPerMeasurement", Default.MaxFieldsPerMeasurement, 1, 65_536, "Fields of one measurement over all its series."),
        MaxKeyBytes = (int)reader.Bytes("MaxKeyBytes", Default.MaxKeyBytes, 64, 65_535, "Measurement and tags of one series together."),
        HeadMaxBytes = reader.Bytes("MemoryMaxBytes", Default.HeadMaxBytes, 1 << 20, 1L << 40,
            "Samples in memory; beyond it writers wait until they are on disk."),
    };
}
