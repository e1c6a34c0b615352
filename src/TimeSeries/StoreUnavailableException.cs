namespace NocMonitor.TimeSeries;

/// <summary>The store cannot take a batch at present: the disk is full or fails, or compaction lags behind. Nothing of the batch is stored; try again later.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
