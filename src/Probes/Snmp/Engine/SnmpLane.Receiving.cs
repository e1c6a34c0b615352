using System.Security.Cryptography;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What comes in. The thread alone is here.</summary>
internal sealed partial class SnmpLane
{
    private void Take(Span<byte> datagram, ReadOnlySpan<byte> source)
    {
        if (datagram.IsEmpty)
        {
            return;
        }

        var from = PeerKey.Of(source);
        if (!SnmpMessage.TryPeekId(datagram, out var id))
        {
            TakeBroken(from);
            return;
        }

        if (Match(id, from) is not { } request)
        {
            return;
        }

        SnmpOpening opening;
        Pdu answer;
        try
        {
            opening = request.Device.Codec.Open(datagram, out answer);
        }
        catch (CryptographicException exception)
        {
            var device = request.Device;
            Fail(request.Operation!, SnmpOutcome.NotSent, Unable(exception));
            Pump(device);
            return;
        }

        if (opening != SnmpOpening.Answer)
        {
            TakeUnopened(request, opening, from);
        }
        else if (answer.RequestId != request.Id && !request.Device.Target.Options.AnyRequestId)
        {
            _counters.WrongId++;
        }
        else
        {
            TakeAnswer(request, answer, datagram.Length);
        }
    }

    /// <summary>The request that an answer belongs to by its id and its source; null when it is to be dropped, which is counted.</summary>
    private PendingRequest? Match(int id, PeerKey from)
    {
        var request = _table.Find(id, out var wasAsked);
        if (request is null && wasAsked)
        {
            _counters.Late++;
            return null;
        }

        if (request is null)
        {
            _counters.WrongId++;
            return OnlyRequestOf(from) is { } only && only.Device.Target.Options.AnyRequestId ? only : null;
        }

        if (request.Device.Key == from)
        {
            return request;
        }

        _counters.WrongSource++;
        return request.Device.Target.Options.AnySource ? request : null;
    }

    private void TakeUnopened(PendingRequest request, SnmpOpening opening, PeerKey from)
    {
        if (opening == SnmpOpening.Resend && ++request.Resyncs <= SnmpCodec.MostResyncs)
        {
            Send(request);
            return;
        }

        var device = request.Device;
        if (opening == SnmpOpening.Resend || opening.IsRefusal())
        {
            _counters.Answers++;
            Fail(request.Operation!, SnmpOutcome.Refused, opening.InWords());
            Pump(device);
        }
        else
        {
            TakeBroken(from);
        }
    }

    /// <summary>
    /// Something came that cannot be read, such as an answer that was cut off on its way. In versions 1 and 2c, where nothing proves who sends, it is most likely
    /// the answer that was waited for, and less is asked for at once. In version 3 the answer may still come.
    /// </summary>
    private void TakeBroken(PeerKey from)
    {
        _counters.Malformed++;
        if (OnlyRequestOf(from) is { } request && request.Device is { Codec.Version: not SnmpVersion.V3 } device)
        {
            TryAgain(request, SnmpOutcome.Malformed, "the device's answers cannot be read");
            Pump(device);
        }
    }

    /// <summary>What the one device at an address is asked, when that is one request.</summary>
    private PendingRequest? OnlyRequestOf(PeerKey from) =>
        _devices.TryGetValue(from, out var devices) && devices is [{ InFlight: [var request] }] ? request : null;

    private void TakeAnswer(PendingRequest request, in Pdu answer, int bytes)
    {
        var operation = request.Operation!;
        var device = request.Device;
        _counters.Answers++;
        operation.NoteAnswer(request);
        if (!IsUseful(operation, request, answer, bytes))
        {
            TryAgain(request, SnmpOutcome.Malformed, "the device's answers hold nothing that was asked for");
            Pump(device);
            return;
        }

        Settle(request);
        if (!operation.IsOver)
        {
            operation.FinishWhenDone();
        }

        if (operation.IsOver)
        {
            Drop(operation);
        }

        Pump(device);
    }

    private bool IsUseful(SnmpOperation operation, PendingRequest request, in Pdu answer, int bytes)
    {
        var before = operation.Varbinds;
        try
        {
            return operation.Take(request, answer, bytes);
        }
        catch (Exception exception)
        {
            // The sink's: its caller gets it, and the other devices go on.
            operation.Throw(exception);
            return true;
        }
        finally
        {
            _counters.Varbinds += operation.Varbinds - before;
        }
    }
}
