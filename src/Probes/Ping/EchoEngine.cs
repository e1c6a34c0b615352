using System.Net.Sockets;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// Sends the echo requests of all ping probes over one socket per address family, at most fifty each millisecond, and matches the answers. A timer
/// drives <see cref="Pump"/>, which alone sends and gives up; each lane's thread brings answers to <see cref="Take"/>. The lock guards the
/// queues, the table and the watch; system calls, and handing finished requests back, happen outside it.
/// </summary>
internal sealed partial class EchoEngine : IEchoEngine, IAsyncDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly Func<AddressFamily, Action<ReadOnlySpan<EchoAnswer>>, EchoLane> _open;
    private readonly ITimer _timer;
    private readonly SendBudget _budget;
    private readonly long _millisecond;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<EchoRequest, long> _waiting = new();
    private readonly PriorityQueue<EchoRequest, long> _expiring = new();
    private readonly EchoTable _table = new((ulong)Random.Shared.NextInt64());
    private readonly StallWatch _watch;
    private long _armedFor = long.MaxValue;
    private bool _pumping;

    /// <param name="createTimer">Makes the timer that drives the pump, its callback given.</param>
    /// <param name="open">Opens the lane of a family, for IPv4 at once, for IPv6 when it is first needed; given what takes its answers.</param>
    public EchoEngine(TimeProvider time, Func<Action, ITimer> createTimer, Func<AddressFamily, Action<ReadOnlySpan<EchoAnswer>>, EchoLane> open)
    {
        _time = time;
        _open = open;
        _watch = new StallWatch(time);
        _budget = new SendBudget(time);
        _millisecond = time.TimestampFrequency / 1000;
        _timer = createTimer(Pump);
        Lane(AddressFamily.InterNetwork);
    }

    public void Submit(EchoRequest request)
    {
        lock (_lock)
        {
            _waiting.Enqueue(request, request.DueAt);
            if (!_pumping && request.DueAt < _armedFor)
            {
                ArmLocked();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Waits for a pump that is running; none starts after it.
        await _timer.DisposeAsync();
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private void Take(ReadOnlySpan<EchoAnswer> answers)
    {
        var now = _time.GetTimestamp();
        var answered = new (EchoRequest? Request, bool Stalled)[answers.Length];
        lock (_lock)
        {
            for (var i = 0; i < answers.Length; i++)
            {
                if (_table.Find(answers[i]) is { } request && _table.Remove(request))
                {
                    answered[i] = (request, _watch.WasStalled(request.SentAt, now));
                }
            }
        }

        for (var i = 0; i < answers.Length; i++)
        {
            if (answered[i].Request is { } request)
            {
                Finish(request, answers[i], now - Ticks(answers[i].Unread), answered[i].Stalled);
            }
        }
    }

    private static void Finish(EchoRequest request, in EchoAnswer answer, long arrivedAt, bool stalled)
    {
        var roundTrip = Math.Max(0, arrivedAt - request.SentAt);
        if (answer.Error is not null)
        {
            request.Finish(EchoOutcome.Unreachable, answer.Error);
        }
        else if (roundTrip <= request.TimeLimit || stalled)
        {
            request.Answered(stalled ? null : roundTrip, answer.Ttl);
        }
        else
        {
            request.Finish(EchoOutcome.Lost, "");
        }
    }

    /// <summary>Sets the timer for what comes next: a send, an expiry, or a beat to notice that this agent stood still.</summary>
    private void ArmLocked()
    {
        DropAnsweredLocked();
        var now = _time.GetTimestamp();
        var next = long.MaxValue;
        if (_waiting.TryPeek(out _, out var due))
        {
            next = Math.Max(due, _budget.AvailableAt(now));
        }

        if (_expiring.TryPeek(out _, out var expiry))
        {
            next = Math.Min(next, expiry);
        }

        if (_table.Count > 0)
        {
            next = Math.Min(next, now + Ticks(BeatInterval));
        }

        _watch.Expect(_table.Count > 0 ? Math.Max(next, now) : null);
        _armedFor = next;
        _timer.Change(Delay(next, now), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests are answered much sooner than they expire; without this each of them would wake the pump once more for nothing.</summary>
    private void DropAnsweredLocked()
    {
        while (_expiring.TryPeek(out var request, out _) && !_table.Holds(request))
        {
            _expiring.Dequeue();
        }
    }

    /// <summary>In whole milliseconds, rounded up: the timer cuts fractions off and would fire again and again before a time that is near.</summary>
    private TimeSpan Delay(long next, long now) =>
        next == long.MaxValue ? Timeout.InfiniteTimeSpan
        : next <= now ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds((next - now + _millisecond - 1) / _millisecond);

    private long Ticks(TimeSpan span) => span.Ticks * _time.TimestampFrequency / TimeSpan.TicksPerSecond;
}
