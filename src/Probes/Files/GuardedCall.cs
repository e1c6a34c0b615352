namespace NocMonitor.Probes.Files;

/// <summary>
/// Runs a call that may block for ever, such as one into a dead network file system, on a thread of its own and waits for it no longer than a time
/// limit. While an earlier call is still stuck no other is started, so one path costs at most one thread. Owned by one path; calls do not overlap.
/// </summary>
internal sealed class GuardedCall<T>(TimeProvider time)
    where T : class
{
    private Task<T>? _stuck;
    private long _started;

    /// <summary>How long the call that is still stuck has been; only meaningful after <see cref="RunAsync"/> gave null.</summary>
    public TimeSpan StuckFor => time.GetElapsedTime(_started);

    /// <returns>What the call gave; null when it, or an earlier one, did not come back in time.</returns>
    public async ValueTask<T?> RunAsync(Func<CancellationToken, T> call, TimeSpan limit, CancellationToken token)
    {
        if (_stuck is { IsCompleted: false })
        {
            return null;
        }

        using var stop = new CancellationTokenSource();
        var stopped = stop.Token;
        _started = time.GetTimestamp();
        _stuck = Task.Factory.StartNew(() => call(stopped), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await _stuck.WaitAsync(limit, time, token);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            // A call that is only slow ends itself here; one that is stuck in the kernel stays in _stuck.
            await stop.CancelAsync();
        }
    }
}
