using System.Text;
using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// Opens notifications of version 3. A trap is under the sender's authority: its engine id, boots and time, whose keys are made on the spot. An inform is
/// under this agent's: who sends one asks for its engine id and time first and is told by reports (RFC 3414 section 4). One thread at a time.
/// </summary>
/// <param name="isTimeChecked">False takes signed traps whatever time they say.</param>
internal sealed class UsmInbox(TrapUsers users, OwnEngine engine, UsmKeyCache keys, bool isTimeChecked, TimeProvider time) : IDisposable
{
    private readonly UsmReporter _reporter = new(engine);
    private readonly SenderSessions _senders = new(keys, time);
    private readonly Dictionary<SnmpCredentials, UsmSession> _own = [];

    /// <summary>Opens a message, decrypting it in place.</summary>
    /// <param name="reply">Room for a report.</param>
    /// <param name="replyLength">Length of a report to be sent, at the end of <paramref name="reply"/>; 0 for none.</param>
    public TrapFate Open(Span<byte> datagram, Span<byte> reply, out int replyLength, out UsmLetter letter)
    {
        replyLength = 0;
        letter = default;
        if (!UsmMessage.TryRead(datagram, out var message))
        {
            return TrapFate.Malformed;
        }

        return message.EngineId.SequenceEqual(engine.Id) ? OpenOwn(message, reply, out replyLength, out letter)
            : message.Level == SecurityLevel.NoAuthNoPriv ? OpenPlain(message, reply, out replyLength, out letter)
            : OpenSenders(message, reply, out replyLength, out letter);
    }

    /// <summary>Answers an inform, as protected as it came.</summary>
    public int WriteResponse(Span<byte> reply, in UsmLetter inform)
    {
        var response = new Pdu(PduType.Response, inform.Pdu.RequestId, inform.Pdu.VarbindList);
        return new UsmMessageWriter
        {
            MessageId = inform.MessageId,
            Level = inform.Level,
            EngineId = engine.Id,
            Boots = engine.Boots,
            Time = engine.Time,
            UserName = Encoding.UTF8.GetBytes(inform.User),
            ContextEngineId = inform.ContextEngineId,
            ContextName = inform.ContextName,
            Session = inform.Session,
        }.Write(reply, response);
    }

    public void Dispose()
    {
        _senders.Dispose();
        foreach (var session in _own.Values)
        {
            session.Dispose();
        }
    }

    /// <summary>A message to this engine: an inform, or a question that leads to one.</summary>
    private TrapFate OpenOwn(scoped in UsmMessage message, Span<byte> reply, out int replyLength, out UsmLetter letter)
    {
        replyLength = 0;
        letter = default;
        var found = users.Find(message.UserName);
        if (found.IsEmpty)
        {
            replyLength = _reporter.Write(reply, message, UsmReport.UnknownUserNames);
            return TrapFate.UnknownUser;
        }

        SnmpCredentials? user = null;
        UsmSession? session = null;
        foreach (var candidate in found)
        {
            if (candidate.Level == message.Level)
            {
                user = candidate;
                session = SessionOf(candidate);
                if (message.Level == SecurityLevel.NoAuthNoPriv || session.Verify(message.Whole, message.AuthParameters))
                {
                    return Read(message, candidate, session, reply, out replyLength, out letter);
                }
            }
        }

        replyLength = _reporter.Write(reply, message, user is null ? UsmReport.UnsupportedSecLevels : UsmReport.WrongDigests);
        return user is null ? TrapFate.WrongSecurityLevel : TrapFate.WrongDigest;
    }

    private TrapFate Read(
        scoped in UsmMessage message, SnmpCredentials user, UsmSession session, Span<byte> reply, out int replyLength, out UsmLetter letter)
    {
        letter = default;
        replyLength = 0;
        if (message.Level >= SecurityLevel.AuthNoPriv && !IsInOwnTime(message))
        {
            // RFC 3414 section 3.2 step 7a: signed, so that the sender can believe the time in it.
            replyLength = _reporter.Write(reply, message, UsmReport.NotInTimeWindows, session);
            return TrapFate.Discovery;
        }

        var fate = ReadLetter(message, user, session, out letter);
        if (fate == TrapFate.CannotDecrypt)
        {
            replyLength = _reporter.Write(reply, message, UsmReport.DecryptionErrors);
        }

        return fate;
    }

    /// <summary>A message without a signature: a trap of a user who needs none, or the question for this engine's id.</summary>
    private TrapFate OpenPlain(scoped in UsmMessage message, Span<byte> reply, out int replyLength, out UsmLetter letter)
    {
        replyLength = 0;
        var read = ReadLetter(message, null, null, out letter);
        if (read == TrapFate.Malformed)
        {
            return read;
        }

        if (letter.Pdu.Type != PduType.TrapV2)
        {
            replyLength = _reporter.Write(reply, message, UsmReport.UnknownEngineIds);
            return replyLength > 0 ? TrapFate.Discovery : TrapFate.NotANotification;
        }

        var found = users.Find(message.UserName);
        foreach (var user in found)
        {
            if (user.Level == SecurityLevel.NoAuthNoPriv)
            {
                return ReadLetter(message, user, null, out letter);
            }
        }

        return found.IsEmpty ? TrapFate.UnknownUser : TrapFate.WrongSecurityLevel;
    }

    /// <summary>A signed message of another engine: a trap, or an inform by who believes this engine to have another id.</summary>
    private TrapFate OpenSenders(scoped in UsmMessage message, Span<byte> reply, out int replyLength, out UsmLetter letter)
    {
        letter = default;
        replyLength = 0;
        var fate = users.Find(message.UserName).IsEmpty ? TrapFate.UnknownUser : TrapFate.WrongSecurityLevel;
        foreach (var user in users.Find(message.UserName))
        {
            if (user.Level == message.Level && fate != TrapFate.Taken)
            {
                fate = _senders.Verify(message, user, out var sender) ? TrapFate.Taken : TrapFate.WrongDigest;
                if (fate == TrapFate.Taken)
                {
                    fate = !sender!.Clock.Accept(message.Boots, message.Time) && isTimeChecked ? TrapFate.NotInTimeWindow
                        : ReadLetter(message, user, sender.Session, out letter);
                    return fate == TrapFate.Taken && letter.Pdu.Type != PduType.TrapV2 ? Tell(message, reply, out replyLength, fate) : fate;
                }
            }
        }

        return Tell(message, reply, out replyLength, fate);
    }

    /// <summary>Tells who waits for an answer the right engine id; a trap waits for none.</summary>
    private TrapFate Tell(scoped in UsmMessage message, Span<byte> reply, out int replyLength, TrapFate fate)
    {
        replyLength = message.IsReportable ? _reporter.Write(reply, message, UsmReport.UnknownEngineIds) : 0;
        return replyLength > 0 ? TrapFate.Discovery : fate == TrapFate.Taken ? TrapFate.NotANotification : fate;
    }

    private static TrapFate ReadLetter(scoped in UsmMessage message, SnmpCredentials? user, UsmSession? session, out UsmLetter letter)
    {
        letter = default;
        if (message.Level == SecurityLevel.AuthPriv
            && !session!.Cipher.TryDecrypt(message.Data, message.Boots, message.Time, message.PrivParameters))
        {
            return TrapFate.CannotDecrypt;
        }

        if (!UsmMessage.TryReadScoped(message.Data, out var contextEngineId, out var context, out var element) || !Pdu.TryRead(element, out var pdu))
        {
            return message.Level == SecurityLevel.AuthPriv ? TrapFate.CannotDecrypt : TrapFate.Malformed;
        }

        letter = new UsmLetter
        {
            MessageId = message.MessageId,
            Level = message.Level,
            User = user?.UserName ?? "",
            ContextEngineId = contextEngineId,
            ContextName = context,
            Element = element,
            Pdu = pdu,
            Session = session,
        };
        return TrapFate.Taken;
    }

    private bool IsInOwnTime(scoped in UsmMessage message) =>
        message.Boots == engine.Boots && Math.Abs((long)message.Time - engine.Time) <= EngineClock.Window;

    private UsmSession SessionOf(SnmpCredentials user)
    {
        if (!_own.TryGetValue(user, out var session))
        {
            session = new UsmSession(user, engine.Id, keys);
            _own.Add(user, session);
        }

        return session;
    }
}
