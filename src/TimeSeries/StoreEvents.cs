using Microsoft.Extensions.Logging;

namespace NocMonitor.TimeSeries;

/// <summary>What the store has to say to an operator. Event ids 3000 to 3099.</summary>
internal static partial class StoreEvents
{
    [LoggerMessage(3000, LogLevel.Error, "{File} is torn ({Fault}): it was set aside as {Aside} and a new one started; samples only in it are lost")]
    public static partial void FileSetAside(this ILogger log, string file, string fault, string aside);

    [LoggerMessage(3001, LogLevel.Information, "store opened: {Series} series, {Replayed} batches replayed from the log")]
    public static partial void Opened(this ILogger log, int series, long replayed);

    [LoggerMessage(3002, LogLevel.Error, "a torn chunk was left out: id {Id}")]
    public static partial void TornChunk(this ILogger log, long id);

    [LoggerMessage(3003, LogLevel.Error, "a torn log record was left out: sequence {Sequence}: {Fault}")]
    public static partial void TornRecord(this ILogger log, long sequence, string fault);

    [LoggerMessage(3004, LogLevel.Error, "samples cannot be moved to disk and stay in memory and log until they can: {Fault}")]
    public static partial void CompactionFailed(this ILogger log, string fault);

    [LoggerMessage(3005, LogLevel.Information, "samples are moved to disk again")]
    public static partial void CompactionRecovered(this ILogger log);

    [LoggerMessage(3006, LogLevel.Error, "the log is full: {Consumer} lags behind and loses the batches up to {Sequence}")]
    public static partial void ConsumerLost(this ILogger log, string consumer, long sequence);

    [LoggerMessage(3007, LogLevel.Critical, "the compaction has ended by a defect; samples stay in memory and log, and commits are refused when memory is full")]
    public static partial void CompactionBroken(this ILogger log, Exception defect);
}
