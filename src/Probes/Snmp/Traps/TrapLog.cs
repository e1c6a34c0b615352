using Microsoft.Extensions.Logging;

namespace NocMonitor.Probes.Snmp.Traps;

internal static partial class TrapLog
{
    [LoggerMessage(240, LogLevel.Warning, "the SNMP engine id cannot be kept in {File}: {Reason}; senders of v3 informs must learn a new one at each start")]
    public static partial void EngineNotKept(ILogger log, string file, string reason);

    [LoggerMessage(241, LogLevel.Warning, "{File} cannot be read as an SNMP engine id and its boots; the engine gets a new id")]
    public static partial void EngineAnew(ILogger log, string file);

    [LoggerMessage(242, LogLevel.Information, "SNMP traps are received on {EndPoint}, with {Buffer} bytes of receive buffer")]
    public static partial void Listening(ILogger log, string endPoint, int buffer);

    [LoggerMessage(243, LogLevel.Error, "SNMP traps cannot be received on {EndPoint}: {Reason}; trying again until it works")]
    public static partial void CannotListen(ILogger log, string endPoint, string reason);

    [LoggerMessage(244, LogLevel.Error, "a datagram to {EndPoint} failed in the receiver of SNMP traps; the next ones are taken")]
    public static partial void Failed(ILogger log, string endPoint, Exception exception);
}
