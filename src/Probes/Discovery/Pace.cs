namespace NocMonitor.Probes.Discovery;

/// <summary>Lets so many callers go on a second, a tenth of a second's worth at once after a pause. Safe for concurrent use.</summary>
internal sealed class Pace(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _step = Math.Max(1, time.TimestampFrequency / perSecond);
    private long _next = time.GetTimestamp();

    public ValueTask WaitAsync(CancellationToken token)
    {
        var now = time.GetTimestamp();
        long mine;
        lock (_lock)
        {
            mine = Math.Max(_next, now - (time.TimestampFrequency / 10));
            _next = mine + _step;
        }

        var wait = time.GetElapsedTime(now, mine);
        return wait <= TimeSpan.FromMilliseconds(1) ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, time, token));
    }
}
