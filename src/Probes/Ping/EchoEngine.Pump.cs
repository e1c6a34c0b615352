using System.Net.Sockets;

namespace NocMonitor.Probes.Ping;

/// <summary>The sending side: what is here runs in <see cref="Pump"/>, one at a time.</summary>
internal sealed partial class EchoEngine
{
    private const int MostPutOffs = 100;
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<AddressFamily, EchoLane> _lanes = [];
    private readonly List<EchoRequest> _due = [];
    private readonly List<EchoRequest> _expired = [];

    private void Pump()
    {
        lock (_lock)
        {
            if (_pumping)
            {
                return;
            }

            _pumping = true;
            _watch.Beat(_time.GetTimestamp());
        }

        _budget.Refill();
        CollectDue();
        foreach (var request in _due)
        {
            Send(request);
        }

        Expire();
        lock (_lock)
        {
            _pumping = false;
            ArmLocked();
        }
    }

    /// <summary>Takes what is due and within the budget and counts it as under way: an answer may come before the call that sends returns.</summary>
    private void CollectDue()
    {
        _due.Clear();
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_budget.Any && _waiting.TryPeek(out var request, out var due) && due <= now)
            {
                _waiting.Dequeue();
                if (request.Token.IsCancellationRequested)
                {
                    continue;
                }

                _budget.Spend();
                _due.Add(request);
                _table.Add(request);
                _expiring.Enqueue(request, now + request.TimeLimit);
            }
        }
    }

    private void Send(EchoRequest request)
    {
        var lane = Lane(request.Address.AddressFamily);
        if (lane.Refusal.Length > 0)
        {
            lock (_lock)
            {
                _table.Remove(request);
            }

            request.Finish(EchoOutcome.NotSent, lane.Refusal);
            return;
        }

        request.SentAt = _time.GetTimestamp();
        if (lane.Send(request) is var error and not 0)
        {
            SendFailed(request, error);
        }
    }

    private void SendFailed(EchoRequest request, int error)
    {
        lock (_lock)
        {
            if (!_table.Remove(request))
            {
                return;
            }

            if (SendError.IsPassing(error) && request.PutOff < MostPutOffs)
            {
                request.PutOff++;
                _waiting.Enqueue(request, _time.GetTimestamp() + Ticks(SendAgainAfter));
                return;
            }
        }

        var (outcome, reason) = SendError.Describe(error);
        request.Finish(outcome, reason);
    }

    /// <summary>
    /// Gives up on what got no answer in time. Nothing counts as lost while its answer may lie unread in the socket, nor before a
    /// second look a moment later: the receiver may have taken it out and not come further.
    /// </summary>
    private void Expire()
    {
        CollectExpired();
        foreach (var request in _expired)
        {
            var unread = Lane(request.Address.AddressFamily).HasUnread;
            string starved;
            lock (_lock)
            {
                var now = _time.GetTimestamp();
                if (request.PutOff == 0 || (unread && request.PutOff < MostPutOffs))
                {
                    request.PutOff++;
                    _expiring.Enqueue(request, now + Ticks(LookAgainAfter));
                    continue;
                }

                if (!_table.Remove(request))
                {
                    continue;
                }

                starved = unread ? "this agent was too slow to read the answers; the loss does not count" : _watch.Excuse(request.SentAt, now);
            }

            request.Finish(starved.Length > 0 ? EchoOutcome.Starved : EchoOutcome.Lost, starved);
        }
    }

    private void CollectExpired()
    {
        _expired.Clear();
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_expiring.TryPeek(out var request, out var expiry) && expiry <= now)
            {
                _expiring.Dequeue();
                if (_table.Holds(request))
                {
                    _expired.Add(request);
                }
            }
        }
    }

    private EchoLane Lane(AddressFamily family)
    {
        if (!_lanes.TryGetValue(family, out var lane))
        {
            lane = _open(family, Take);
            _lanes.Add(family, lane);
        }

        return lane;
    }
}
