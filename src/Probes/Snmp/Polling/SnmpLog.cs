using Microsoft.Extensions.Logging;

namespace NocMonitor.Probes.Snmp.Polling;

internal static partial class SnmpLog
{
    [LoggerMessage(500, LogLevel.Warning, "profile {Fault}")]
    public static partial void ProfileFault(ILogger log, string fault);

    [LoggerMessage(501, LogLevel.Information, "{Host} is {ObjectId}, {Description}; its profile is {Profile}")]
    public static partial void Identified(ILogger log, string host, string objectId, string description, string profile);

    [LoggerMessage(502, LogLevel.Warning, "{Host}: the poll before has not ended yet; this one is left out")]
    public static partial void Overrun(ILogger log, string host);

    [LoggerMessage(503, LogLevel.Debug, "{Host} <- get {Names}")]
    public static partial void Asked(ILogger log, string host, string names);

    [LoggerMessage(504, LogLevel.Debug, "{Host} -> {Name} = {Type} {Value}")]
    public static partial void Answered(ILogger log, string host, string name, string type, string value);

    [LoggerMessage(505, LogLevel.Debug, "{Host} <- walk {Table}: {Columns}")]
    public static partial void Walks(ILogger log, string host, string table, string columns);

    [LoggerMessage(506, LogLevel.Debug, "{Host} -> {Table}: {Outcome}, {Rows} rows, {Values} values, {Requests} requests, {Retries} retries, {Milliseconds} ms {Error}")]
    public static partial void Walked(ILogger log, string host, string table, string outcome, int rows, int values, int requests, int retries, double milliseconds, string error);

    [LoggerMessage(507, LogLevel.Information, "{Faults} faults in {Files} files of profiles; nocmonitor-agent profiles check prints them")]
    public static partial void ProfilesLoaded(ILogger log, int faults, int files);

    [LoggerMessage(509, LogLevel.Warning, "{File} was changed and has errors now; the profile that it held before stays: {Fault}")]
    public static partial void ProfileKept(ILogger log, string file, string fault);

    [LoggerMessage(508, LogLevel.Error, "polling {Host} failed")]
    public static partial void PollFailed(ILogger log, string host, Exception exception);
}
