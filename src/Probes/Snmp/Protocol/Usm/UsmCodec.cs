using System.Text;

namespace NocMonitor.Probes.Snmp.Protocol.Usm;

/// <summary>
/// Version 3 with one device as the authoritative engine (RFC 3414): finds its engine id, follows its boots and time, and when the device reports
/// that it has others, takes them over and asks for the same request again. One thread at a time.
/// </summary>
internal sealed class UsmCodec : SnmpCodec
{
    private readonly SnmpCredentials _credentials;
    private readonly string _device;
    private readonly UsmKeyCache _keys;
    private readonly EngineIdRegistry _engineIds;
    private readonly EngineClock _clock;
    private readonly byte[] _context;
    private UsmSession? _session;

    public UsmCodec(SnmpCredentials credentials, string device, UsmKeyCache keys, EngineIdRegistry engineIds, TimeProvider time)
    {
        _credentials = credentials;
        _device = device;
        _keys = keys;
        _engineIds = engineIds;
        _clock = new EngineClock(time);
        _context = Encoding.UTF8.GetBytes(credentials.Context);
        keys.Prepare(credentials);
    }

    public override SnmpVersion Version => SnmpVersion.V3;

    public override string? EngineIdSharedWith => _session is null ? null : _engineIds.FindOther(_session.EngineId, _device);

    public override int WriteRequest(Span<byte> buffer, in Pdu request)
    {
        if (_session is null)
        {
            // RFC 3414 section 4: an empty question to the empty engine id, which every engine answers with a report of its own.
            return new UsmMessageWriter { MessageId = request.RequestId, IsReportable = true }
                .Write(buffer, new Pdu(PduType.Get, request.RequestId, []));
        }

        var isAuthenticated = _session.Level >= SecurityLevel.AuthNoPriv;
        return new UsmMessageWriter
        {
            MessageId = request.RequestId,
            Level = _session.Level,
            IsReportable = true,
            EngineId = _session.EngineId,
            Boots = isAuthenticated ? _clock.Boots : 0,
            Time = isAuthenticated ? _clock.Time : 0,
            UserName = _session.UserName,
            ContextEngineId = _session.EngineId,
            ContextName = _context,
            Session = _session,
        }.Write(buffer, request);
    }

    public override SnmpOpening Open(Span<byte> datagram, out Pdu answer)
    {
        answer = default;
        if (!UsmMessage.TryRead(datagram, out var message))
        {
            return SnmpMessage.TryOpen(datagram, out var version, out _) && version != SnmpVersion.V3 ? SnmpOpening.WrongVersion : SnmpOpening.Malformed;
        }

        var fault = Unprotect(message);
        if (fault != SnmpOpening.Answer)
        {
            return fault;
        }

        if (!UsmMessage.TryReadScoped(message.Data, out _, out _, out var element) || !Pdu.TryRead(element, out answer))
        {
            return message.Level == SecurityLevel.AuthPriv ? SnmpOpening.CannotDecrypt : SnmpOpening.Malformed;
        }

        return answer.Type switch
        {
            PduType.Report => Learn(message, answer),
            PduType.Response => Judge(message, answer),
            _ => SnmpOpening.NotAnAnswer,
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
        }

        base.Dispose(disposing);
    }

    /// <summary>Verifies and decrypts a message that says it is protected. One that does not is judged by what it carries.</summary>
    private SnmpOpening Unprotect(in UsmMessage message)
    {
        if (message.Level == SecurityLevel.NoAuthNoPriv)
        {
            return SnmpOpening.Answer;
        }

        return _session is null || !message.EngineId.SequenceEqual(_session.EngineId) ? SnmpOpening.WrongEngine
            : !message.UserName.SequenceEqual(_session.UserName) ? SnmpOpening.WrongUser
            : message.Level > _session.Level ? SnmpOpening.WrongSecurityLevel
            : !_session.Verify(message.Whole, message.AuthParameters) ? SnmpOpening.WrongDigest
            : message.Level == SecurityLevel.AuthPriv && !_session.Cipher.TryDecrypt(message.Data, message.Boots, message.Time, message.PrivParameters)
                ? SnmpOpening.CannotDecrypt
            : SnmpOpening.Answer;
    }

    private SnmpOpening Judge(in UsmMessage message, in Pdu answer)
    {
        // RFC 3412 section 7.2: an answer comes from whom, for whom and as protected as the question.
        return _session is null || !message.EngineId.SequenceEqual(_session.EngineId) ? SnmpOpening.WrongEngine
            : !message.UserName.SequenceEqual(_session.UserName) ? SnmpOpening.WrongUser
            : message.Level != _session.Level ? SnmpOpening.WrongSecurityLevel
            : message.Level >= SecurityLevel.AuthNoPriv && !_clock.Accept(message.Boots, message.Time) ? SnmpOpening.NotInTimeWindow
            : answer.RequestId != message.MessageId ? SnmpOpening.NotAnAnswer
            : SnmpOpening.Answer;
    }

    private SnmpOpening Learn(in UsmMessage message, in Pdu report)
    {
        var meaning = UsmReport.MeaningOf(report);
        switch (meaning)
        {
            case SnmpOpening.WrongEngine:
                return TakeEngine(message);
            case SnmpOpening.NotInTimeWindow when message.Level >= SecurityLevel.AuthNoPriv:
                _clock.Resynchronise(message.Boots, message.Time);
                return SnmpOpening.Resend;
            case SnmpOpening.NotInTimeWindow when _session is { Level: >= SecurityLevel.AuthNoPriv } && message.EngineId.SequenceEqual(_session.EngineId):
                // The standard wants this report signed; some devices do not. What it says is tried, and believed only once a signed answer comes.
                _clock.Guess(message.Boots, message.Time);
                return SnmpOpening.Resend;
            default:
                return meaning.IsRefusal() ? meaning : SnmpOpening.RefusedOtherwise;
        }
    }

    private SnmpOpening TakeEngine(in UsmMessage message)
    {
        if (message.EngineId.IsEmpty)
        {
            return SnmpOpening.Malformed;
        }

        if (_session is null || !message.EngineId.SequenceEqual(_session.EngineId))
        {
            Forget();
            _session = new UsmSession(_credentials, message.EngineId, _keys);
            _engineIds.Join(message.EngineId, _device);
        }

        _clock.Guess(message.Boots, message.Time);
        return SnmpOpening.Resend;
    }

    private void Forget()
    {
        if (_session is not null)
        {
            _engineIds.Leave(_session.EngineId, _device);
            _session.Dispose();
            _session = null;
        }
    }
}
