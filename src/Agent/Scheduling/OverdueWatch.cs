namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Notices when a round does not end although its time limit cancelled it. The timer exists only after the limit has passed: nearly every round ends
/// before it, and a timer less in each is felt in the agent's CPU time.
/// </summary>
internal sealed class OverdueWatch : IDisposable
{
    private readonly TimeSpan _grace;
    private readonly Action _overdue;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _limit;
    private ITimer? _timer;

    public OverdueWatch(TimeSpan grace, Action overdue, TimeProvider time, CancellationToken limit)
    {
        _grace = grace;
        _overdue = overdue;
        _time = time;
        _limit = limit.UnsafeRegister(static state => ((OverdueWatch)state!).StartTimer(), this);
    }

    public void Dispose()
    {
        // Waits for a callback that runs just now, so that no timer is left behind.
        _limit.Dispose();
        _timer?.Dispose();
    }

    private void StartTimer() => _timer = _time.CreateTimer(static state => ((OverdueWatch)state!)._overdue(), this, _grace, Timeout.InfiniteTimeSpan);
}
