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
}
