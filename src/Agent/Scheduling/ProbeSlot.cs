using NocMonitor.Agent.Settings;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// One scheduled probe: its timer, and whether a round of it runs. The timer's callback only decides and hands the round to the thread pool, so a
/// probe that blocks holds up nobody. A round that does not come back after its time limit and the grace is abandoned: it is reported once, and
/// until it returns each further start counts as an overrun instead. The fields below are guarded by the lock.
/// </summary>
internal sealed class ProbeSlot : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ProbeRunner _runner;
    private readonly IProbe _probe;
    private readonly ProbeSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _epoch;
    private readonly ITimer _timer;
    private ListeningSink? _sink;
    private bool _isRunning;
    private bool _isFirst = true;
    private bool _isStopped;

    /// <param name="epoch">Timestamp of the scheduler's start, from which phases count.</param>
    public ProbeSlot(ProbeEntry entry, IProbe probe, ProbeSchedule schedule, ProbeRunner runner, TimeProvider time, long epoch)
    {
        Entry = entry;
        _probe = probe;
        _schedule = schedule;
        _runner = runner;
        _time = time;
        _epoch = epoch;
        _timer = time.CreateTimer(static state => ((ProbeSlot)state!).StartRound(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ProbeEntry Entry { get; }

    public void Start()
    {
        if (_probe is IListeningProbe listening)
        {
            _sink = _runner.OpenSink(Entry);
            listening.Listen(_sink);
        }

        _timer.Change(_schedule.FirstDelay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the schedule and cancels a running round; returns when it ended or <paramref name="grace"/> is over, whichever is first.</summary>
    public async ValueTask StopAsync(TimeSpan grace)
    {
        lock (_lock)
        {
            _isStopped = true;
            if (!_isRunning)
            {
                _idle.TrySetResult();
            }
        }

        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await Task.WhenAny(_idle.Task, Task.Delay(grace, _time));
    }

    /// <summary>Disposes the probe, after a round that still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _idle.Task;
        _stop.Dispose();
        await ProbeDisposal.DisposeAsync(_probe);
        _sink?.Dispose();
    }

    private void StartRound()
    {
        bool overrun;
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            var now = _time.GetElapsedTime(_epoch);
            _timer.Change(_schedule.NextAfter(now, _isFirst) - now, Timeout.InfiniteTimeSpan);
            _isFirst = false;
            overrun = _isRunning;
            _isRunning = true;
        }

        if (overrun)
        {
            _runner.ReportOverrun(Entry);
        }
        else
        {
            _ = Task.Run(RunRoundAsync);
        }
    }

    private async Task RunRoundAsync()
    {
        await _runner.RunAsync(Entry, _probe, _stop.Token);
        lock (_lock)
        {
            _isRunning = false;
            if (_isStopped)
            {
                _idle.TrySetResult();
            }
        }
    }
}
