using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(120, LogLevel.Information, "points go to {Collector}")]
    public static partial void Serving(ILogger log, string collector);

    [LoggerMessage(121, LogLevel.Warning, "{Collector} cannot be used: {Reason}; points are kept")]
    public static partial void Failing(ILogger log, string collector, string reason);

    [LoggerMessage(122, LogLevel.Error, "{Collector} does not let this agent in: {Reason}; points are kept until the token is right")]
    public static partial void NotAllowed(ILogger log, string collector, string reason);

    [LoggerMessage(123, LogLevel.Warning, "{Lines} lines were refused ({Reason}) and are kept in {File}")]
    public static partial void Refused(ILogger log, int lines, string reason, string file);

    [LoggerMessage(124, LogLevel.Error, "refused lines could not be kept in {File}: {Reason}")]
    public static partial void DeadLetterLost(ILogger log, string file, string reason);

    [LoggerMessage(125, LogLevel.Warning, "InsecureSkipVerify is on for {Collector}: anybody on the way can read the token and change what is sent")]
    public static partial void NotVerified(ILogger log, string collector);

    [LoggerMessage(126, LogLevel.Warning, "the token for {Collector} goes over the network unencrypted; use https")]
    public static partial void TokenInClear(ILogger log, string collector);
}
