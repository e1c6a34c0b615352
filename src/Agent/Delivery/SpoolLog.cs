using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Delivery;

internal static partial class SpoolLog
{
    [LoggerMessage(100, LogLevel.Error, "the disk refuses the spool ({Reason}); up to {Bytes} bytes of points are kept in memory")]
    public static partial void DiskRefuses(ILogger log, string reason, long bytes);

    [LoggerMessage(101, LogLevel.Information, "the disk takes the spool again")]
    public static partial void DiskTakes(ILogger log);

    [LoggerMessage(102, LogLevel.Warning, "{Points} undelivered points dropped: the spool is at its bound of {Bound}")]
    public static partial void Dropped(ILogger log, long points, string bound);

    [LoggerMessage(103, LogLevel.Warning, "{File} is damaged from byte {Offset} on: {Length} bytes were set aside in {Torn}")]
    public static partial void Torn(ILogger log, string file, long offset, long length, string torn);

    [LoggerMessage(104, LogLevel.Warning, "{File} could not be cleared away: {Reason}")]
    public static partial void NotDeleted(ILogger log, string file, string reason);

    [LoggerMessage(105, LogLevel.Warning, "the spool's cursor could not be written ({Reason}); after a restart some points are sent twice")]
    public static partial void CursorRefused(ILogger log, string reason);
}
