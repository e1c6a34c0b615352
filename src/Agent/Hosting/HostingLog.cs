using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(160, LogLevel.Information, "nocmonitor-agent {Version} starts as {Agent}: {Probes} probes, spool in {Data}, points go to {Collectors}")]
    public static partial void Starts(ILogger log, string version, string agent, int probes, string data, string collectors);

    [LoggerMessage(161, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(162, LogLevel.Warning, "no collector took the last points in time; they are in the spool and go after the next start")]
    public static partial void NotFlushed(ILogger log);

    [LoggerMessage(163, LogLevel.Error, "{Error}")]
    public static partial void ConfigError(ILogger log, string error);

    [LoggerMessage(164, LogLevel.Error, "the configuration has {Errors} errors; the one before stays in use")]
    public static partial void ConfigKept(ILogger log, int errors);

    [LoggerMessage(165, LogLevel.Information, "the configuration was read again and is in use")]
    public static partial void ConfigApplied(ILogger log);

    [LoggerMessage(166, LogLevel.Warning, "a change of {Option} takes effect after a restart")]
    public static partial void NeedsRestart(ILogger log, string option);

    [LoggerMessage(167, LogLevel.Error, "the spool in {Data} cannot be used: {Reason}")]
    public static partial void NoSpool(ILogger log, string data, string reason);

    [LoggerMessage(168, LogLevel.Error, "port {Port} for /metrics cannot be used: {Reason}")]
    public static partial void NoMetrics(ILogger log, int port, string reason);

    [LoggerMessage(169, LogLevel.Warning, "the service manager cannot be told: {Reason}")]
    public static partial void NotNotified(ILogger log, string reason);

    [LoggerMessage(170, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigWarning(ILogger log, string warning);
}
