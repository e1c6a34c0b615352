using Microsoft.Extensions.Logging;

namespace NocMonitor.Agent.Scheduling;

internal static partial class SchedulingLog
{
    [LoggerMessage(140, LogLevel.Error, "probe {Probe} failed")]
    public static partial void ProbeFailed(ILogger log, string probe, Exception exception);

    [LoggerMessage(141, LogLevel.Error, "probe {Probe} does not return {Limit} after its start although it was cancelled; its next rounds are left out until it does")]
    public static partial void Abandoned(ILogger log, string probe, TimeSpan limit);

    [LoggerMessage(142, LogLevel.Information, "probes: {Started} started, {Stopped} stopped, {Kept} kept as they were")]
    public static partial void Applied(ILogger log, int started, int stopped, int kept);
}
