using System.Security.Cryptography;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>Requests from their beginning to their end. The thread alone is here.</summary>
internal sealed partial class SnmpLane
{
    private const int LargestDatagram = 65_507;
    private const int RoomBesideVarbinds = 100;
    private const int RoomForOneName = 800;
    private const int MostPutOffs = 100;
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromMilliseconds(10);

    private readonly byte[] _varbinds = new byte[LargestDatagram];
    private readonly byte[] _datagram = new byte[LargestDatagram];
    private int _expiryPutOff;

    /// <summary>Sends what a device's operations have to ask, as far as its limit and the window allow.</summary>
    private void Pump(SnmpDevice device)
    {
        while (device.HasRoom && device.NextToAsk() is { } operation)
        {
            if (!_window.HasRoom || _table.IsFull)
            {
                Wait(device);
                return;
            }

            var request = _table.Rent(operation);
            operation.Prepare(request);
            operation.InFlight++;
            device.InFlight.Add(request);
            _window.Add(request, _time.GetTimestamp());
            Send(request);
        }
    }

    private void Wait(SnmpDevice device)
    {
        if (!device.IsWaiting)
        {
            device.IsWaiting = true;
            _waiting.Enqueue(device);
        }
    }

    private void SendWaiting()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        _window.Age(_time.GetTimestamp());
        while (_window.HasRoom && !_table.IsFull && _waiting.TryDequeue(out var device))
        {
            device.IsWaiting = false;
            Pump(device);
        }
    }

    private void Send(PendingRequest request)
    {
        var device = request.Device;
        var operation = request.Operation!;
        var length = Write(device, operation, request, out var fault);
        if (length == 0)
        {
            Fail(operation, SnmpOutcome.NotSent, fault);
            return;
        }

        // The deadline is set before the answer can come.
        request.SentAt = _time.GetTimestamp();
        _wheel.Set(request, request.SentAt + Ticks(RetryPolicy.Wait(device.Target.Options.Timeout, request.Attempt)));
        var fate = _socket.Send(_datagram.AsSpan(_datagram.Length - length), device.Address, out var reason);
        if (fate == SendFate.Sent)
        {
            request.PutOffs = 0;
            operation.Requests++;
            _counters.Requests++;
            return;
        }

        _counters.SendFailures++;
        if (fate == SendFate.Busy && ++request.PutOffs <= MostPutOffs)
        {
            _wheel.Set(request, request.SentAt + Ticks(SendAgainAfter));
            return;
        }

        Fail(operation, SnmpOutcome.NotSent, reason);
    }

    private int Write(SnmpDevice device, SnmpOperation operation, PendingRequest request, out string fault)
    {
        var writer = new VarbindWriter(_varbinds.AsSpan(0, Math.Max(device.Target.Options.MessageSize - RoomBesideVarbinds, RoomForOneName)));
        var count = 0;
        while (count < request.Count && writer.TryAdd(operation.NameOf(request.Items[count])))
        {
            count++;
        }

        if (count < request.Count)
        {
            operation.Release(request.Items[count..]);
            request.Trim(count);
        }

        fault = "the request does not fit a datagram";
        try
        {
            return device.Codec.WriteRequest(_datagram, request.TypeNow == PduType.GetBulk
                ? new Pdu(PduType.GetBulk, request.Id, writer.Written) { MaxRepetitions = request.RowsNow }
                : new Pdu(request.TypeNow, request.Id, writer.Written));
        }
        catch (CryptographicException exception)
        {
            fault = Unable(exception);
            return 0;
        }
    }

    /// <summary>A machine may be without a cipher or digest (MD5 and DES where only approved algorithms are allowed): that costs the devices that want it, never the others.</summary>
    private static string Unable(CryptographicException exception) => $"this machine cannot do what the credentials ask for: {exception.Message}";

    /// <summary>Nothing is late while its answer may lie unread; but a flood of datagrams does not stop the clock.</summary>
    private void Expire()
    {
        if (_wheel.NextLook > _time.GetTimestamp() || (_socket.HasUnread && ++_expiryPutOff < MostPutOffs))
        {
            return;
        }

        _expiryPutOff = 0;
        _wheel.TakeDue(_time.GetTimestamp(), _due);
        foreach (var node in _due)
        {
            var request = (PendingRequest)node;
            if (request.Operation is null)
            {
                // It ended together with another one of this list.
                continue;
            }

            if (request.PutOffs > 0)
            {
                Send(request);
                continue;
            }

            _counters.Timeouts++;
            var device = request.Device;
            TryAgain(request, SnmpOutcome.TimedOut, $"no answer to {request.Attempt + 1} requests");
            Pump(device);
        }
    }

    private void TryAgain(PendingRequest request, SnmpOutcome outcome, string error)
    {
        var operation = request.Operation!;
        if (request.Attempt >= request.Device.Target.Options.Retries)
        {
            Fail(operation, outcome, error);
            return;
        }

        if (operation.IsOverdue)
        {
            operation.FinishWhenDone();
            Drop(operation);
            return;
        }

        request.BeginAttempt();
        operation.Retries++;
        _counters.Retries++;
        Send(request);
    }

    private void Fail(SnmpOperation operation, SnmpOutcome outcome, string error)
    {
        operation.Fail(outcome, error);
        Drop(operation);
    }

    /// <summary>Takes an operation that is over off its device, with what it has on its way.</summary>
    private void Drop(SnmpOperation operation)
    {
        var device = operation.Device;
        device.Remove(operation);
        for (var i = device.InFlight.Count - 1; i >= 0; i--)
        {
            if (device.InFlight[i].Operation == operation)
            {
                Settle(device.InFlight[i]);
            }
        }
    }

    /// <summary>A request is over: its id means nothing any more, its slot is free.</summary>
    private void Settle(PendingRequest request)
    {
        var operation = request.Operation!;
        operation.Release(request.Items);
        operation.InFlight--;
        operation.Device.InFlight.Remove(request);
        _wheel.Remove(request);
        _window.Remove(request);
        _table.Return(request);
    }
}
