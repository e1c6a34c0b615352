namespace NocMonitor.Testing;

/// <summary>
/// A clock that moves only when a test says so. Timers and delays that come due run on the thread that advances the clock, in order of their
/// due times. The wall clock can be stepped without the monotonic clock, on which timers and timestamps run. Safe for concurrent use.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly SemaphoreSlim _timerSet = new(0);
    private DateTimeOffset _now = start;
    private TimeSpan _wallStep;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now + _wallStep;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.UtcTicks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and runs every timer that comes due on the way.</summary>
    public void Advance(TimeSpan span)
    {
        DateTimeOffset end;
        lock (_lock)
        {
            end = _now + span;
        }

        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = end > _now ? end : _now;
        }
    }

    /// <summary>Moves both clocks without running timers: what a process sees that was stopped for a while. What came due runs at the next <see cref="Advance"/>.</summary>
    public void StandStill(TimeSpan span)
    {
        lock (_lock)
        {
            _now += span;
        }
    }

    /// <summary>
    /// Moves the wall clock alone, backwards too: what a step by NTP or an operator looks like, and, forwards, what a suspend looks like on Linux.
    /// </summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_lock)
        {
            _wallStep += by;
        }
    }

    /// <summary>Waits until the code under test has set one more timer or delay than were waited for before, so that advancing cannot come too early.</summary>
    public Task TimerSetAsync(CancellationToken token = default) => _timerSet.WaitAsync(token);

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null && next.Due > _now)
            {
                _now = next.Due;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = owner._now + dueTime;
                    owner._timers.Add(this);
                    owner._timerSet.Release();
                }
            }

            return true;
        }

        public void Fire()
        {
            lock (owner._lock)
            {
                // Another thread may have set it anew since it was found due.
                if (Due > owner._now || !owner._timers.Remove(this))
                {
                    return;
                }

                if (_period > TimeSpan.Zero)
                {
                    Due += _period;
                    owner._timers.Add(this);
                }
            }

            callback();
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
