namespace NocMonitor.Agent.Delivery;

/// <summary>Wakes the uplink before its interval is over. Any thread asks; one waiter. Asking twice before the waiter looks is asking once.</summary>
internal sealed class FlushSignal(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _asked = new(0, 1);
    private readonly Lock _lock = new();

    public void Ask()
    {
        lock (_lock)
        {
            if (_asked.CurrentCount == 0)
            {
                _asked.Release();
            }
        }
    }

    /// <summary>Returns when asked, or after the interval.</summary>
    public async ValueTask WaitAsync(TimeSpan interval, CancellationToken token)
    {
        using var timer = time.CreateTimer(static state => ((FlushSignal)state!).Ask(), this, interval, Timeout.InfiniteTimeSpan);
        await _asked.WaitAsync(token);
    }

    public void Dispose() => _asked.Dispose();
}
