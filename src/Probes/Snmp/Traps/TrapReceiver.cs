using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>What becomes of a new notification.</summary>
internal interface INotificationSink
{
    /// <summary>Called on the receiving thread; the notification is valid during the call.</summary>
    void Take(UInt128 source, in Notification notification);
}

/// <summary>
/// Decides about each datagram: is its source allowed and within its limit (before anything is parsed), is it a notification of somebody known, is it
/// new. Answers informs, also repeated ones. It has no socket. One thread at a time.
/// </summary>
internal sealed class TrapReceiver : IDisposable
{
    private readonly SourceRanges _sources;
    private readonly SourceBuckets _buckets;
    private readonly TrapUsers _users;
    private readonly UsmInbox _inbox;
    private readonly RecentNotifications _recent;
    private readonly NotificationReader _reader = new();
    private readonly INotificationSink _sink;

    public TrapReceiver(SnmpTrapOptions options, OwnEngine engine, UsmKeyCache keys, TimeProvider time, INotificationSink sink)
    {
        _sources = options.Sources;
        _buckets = new SourceBuckets(options.Rate, options.Burst, time);
        _users = new TrapUsers(options.Credentials);
        _inbox = new UsmInbox(_users, engine, keys, options.CheckTime, time);
        _recent = new RecentNotifications(options.DuplicateWindow, time);
        _sink = sink;
        foreach (var credentials in options.Credentials)
        {
            keys.Prepare(credentials);
        }
    }

    public TrapCounters Counters { get; } = new();

    /// <param name="datagram">Decrypted in place.</param>
    /// <param name="reply">Room for an answer.</param>
    /// <returns>The length of the answer to send back, at the end of <paramref name="reply"/>; 0 for none.</returns>
    public int Take(Span<byte> datagram, UInt128 source, Span<byte> reply)
    {
        var replyLength = 0;
        var fate = !_sources.IsEmpty && !_sources.Contains(source) ? TrapFate.SourceNotAllowed
            : !_buckets.TryTake(source) ? TrapFate.OverLimit
            : Open(datagram, source, reply, out replyLength);
        Counters.Count(fate);
        return replyLength;
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _recent.Dispose();
    }

    private TrapFate Open(Span<byte> datagram, UInt128 source, Span<byte> reply, out int replyLength)
    {
        replyLength = 0;
        return !SnmpMessage.TryOpen(datagram, out var version, out var content) ? TrapFate.Malformed
            : version == SnmpVersion.V3 ? OpenUsm(datagram, source, reply, out replyLength)
            : OpenCommunity(version, content, source, reply, out replyLength);
    }

    private TrapFate OpenCommunity(SnmpVersion version, ReadOnlySpan<byte> content, UInt128 source, Span<byte> reply, out int replyLength)
    {
        replyLength = 0;
        if (!SnmpMessage.TryReadCommunity(content, out var community, out var element))
        {
            return TrapFate.Malformed;
        }

        if (!_users.AllowsCommunity(community))
        {
            return TrapFate.WrongCommunity;
        }

        if (version == SnmpVersion.V1)
        {
            return _reader.TryReadV1(element, out var trap) ? Pass(source, trap)
                : Pdu.TryRead(element, out _) ? TrapFate.NotANotification
                : TrapFate.Malformed;
        }

        if (!Pdu.TryRead(element, out var pdu))
        {
            return TrapFate.Malformed;
        }

        if (pdu.Type is not (PduType.TrapV2 or PduType.Inform))
        {
            return TrapFate.NotANotification;
        }

        if (!NotificationReader.TryReadV2(version, pdu, element, "", out var notification))
        {
            return TrapFate.Malformed;
        }

        if (notification.IsInform)
        {
            Counters.CountInform();
            replyLength = WriteResponse(reply, community, pdu);
        }

        return Pass(source, notification);
    }

    private TrapFate OpenUsm(Span<byte> datagram, UInt128 source, Span<byte> reply, out int replyLength)
    {
        var fate = _inbox.Open(datagram, reply, out replyLength, out var letter);
        if (fate != TrapFate.Taken)
        {
            return fate;
        }

        if (letter.Pdu.Type is not (PduType.TrapV2 or PduType.Inform))
        {
            return TrapFate.NotANotification;
        }

        if (!NotificationReader.TryReadV2(SnmpVersion.V3, letter.Pdu, letter.Element, letter.User, out var notification))
        {
            return TrapFate.Malformed;
        }

        if (notification.IsInform)
        {
            Counters.CountInform();
            replyLength = _inbox.WriteResponse(reply, letter);
        }

        return Pass(source, notification);
    }

    /// <summary>RFC 3416 section 4.2.7: an inform is answered with its own varbinds.</summary>
    private static int WriteResponse(Span<byte> reply, ReadOnlySpan<byte> community, in Pdu inform)
    {
        var writer = new BerWriter(reply);
        new Pdu(PduType.Response, inform.RequestId, inform.VarbindList).Write(ref writer);
        writer.Element(Ber.OctetString, community);
        writer.Integer((int)SnmpVersion.V2c);
        writer.Header(Ber.Sequence, reply.Length);
        return writer.IsFull ? 0 : writer.Written.Length;
    }

    private TrapFate Pass(UInt128 source, in Notification notification)
    {
        if (!_recent.TryAdd(source, notification.Pdu))
        {
            return TrapFate.Duplicate;
        }

        _sink.Take(source, notification);
        return TrapFate.Taken;
    }
}
