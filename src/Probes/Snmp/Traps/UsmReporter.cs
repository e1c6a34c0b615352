using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Writes reports to who asks this engine wrongly or for the first time (RFC 3412 section 7.1, RFC 3414 section 3.2), and keeps the counters that they
/// name. One thread at a time.
/// </summary>
internal sealed class UsmReporter(OwnEngine engine)
{
    private readonly Dictionary<Oid, uint> _counters = [];
    private readonly byte[] _varbinds = new byte[64];

    /// <summary>The report's length at the end of the buffer; 0 when the sender does not want any.</summary>
    /// <param name="session">Signs the report; null for one that is not signed.</param>
    public int Write(Span<byte> buffer, in UsmMessage about, Oid counter, UsmSession? session = null)
    {
        if (!about.IsReportable)
        {
            return 0;
        }

        _counters[counter] = _counters.GetValueOrDefault(counter) + 1;
        var varbinds = new VarbindWriter(_varbinds);
        varbinds.TryAdd(counter, SnmpValue.Counter32(_counters[counter]));
        return new UsmMessageWriter
        {
            MessageId = about.MessageId,
            Level = session is null ? SecurityLevel.NoAuthNoPriv : SecurityLevel.AuthNoPriv,
            EngineId = engine.Id,
            Boots = engine.Boots,
            Time = engine.Time,
            UserName = about.UserName,
            ContextEngineId = engine.Id,
            Session = session,
        }.Write(buffer, new Pdu(PduType.Report, RequestIdOf(about), varbinds.Written));
    }

    /// <summary>The request-id where it can be read without a key, else 0.</summary>
    private static int RequestIdOf(in UsmMessage message) =>
        message.Level != SecurityLevel.AuthPriv && UsmMessage.TryReadScoped(message.Data, out _, out _, out var element)
        && Pdu.TryRead(element, out var pdu) ? pdu.RequestId : 0;
}
