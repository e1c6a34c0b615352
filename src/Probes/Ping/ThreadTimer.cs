namespace NocMonitor.Probes.Ping;

/// <summary>
/// A timer that calls back on a thread of its own: neither a busy thread pool nor the wakeups of the shared timer thread come between. Set from the
/// callback itself it wakes nobody. The monitor guards what is due; callbacks never overlap.
/// </summary>
internal sealed class ThreadTimer : ITimer
{
    private readonly TimeProvider _time;
    private readonly Action _callback;
    private readonly Thread _thread;
    private readonly object _monitor = new();
    private long? _due;
    private bool _stopped;

    public ThreadTimer(TimeProvider time, string name, Action callback)
    {
        _time = time;
        _callback = callback;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <param name="period">Not supported: it fires once each time it is set.</param>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_monitor)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _time.GetTimestamp() + (long)(dueTime.TotalSeconds * _time.TimestampFrequency);
            if (Thread.CurrentThread != _thread)
            {
                Monitor.Pulse(_monitor);
            }

            return !_stopped;
        }
    }

    public void Dispose()
    {
        lock (_monitor)
        {
            _stopped = true;
            Monitor.Pulse(_monitor);
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        while (WaitUntilDue())
        {
            _callback();
        }
    }

    private bool WaitUntilDue()
    {
        lock (_monitor)
        {
            while (!_stopped)
            {
                var left = _due is { } due ? Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), due).TotalMilliseconds) : Timeout.Infinite;
                if (_due is not null && left <= 0)
                {
                    _due = null;
                    return true;
                }

                Monitor.Wait(_monitor, (int)Math.Min(left, int.MaxValue));
            }

            return false;
        }
    }
}
