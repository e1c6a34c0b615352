namespace NocMonitor.Probes.Files;

/// <summary>
/// Runs calls that may block for ever, such as those into a dead network file system, each on a thread of its own, and waits for one no longer than a
/// time limit. While a call of a path is stuck no other of that path is started, in whatever probe and whatever configuration: one path costs at most
/// one thread. One object serves all probes of an agent; safe for concurrent use.
/// </summary>
internal sealed class GuardedCalls(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Task Call, long Started)> _stuck = new(StringComparer.Ordinal);

    /// <returns>What the call gave; null when it, or an earlier one of the path, did not come back in time.</returns>
    public async ValueTask<T?> RunAsync<T>(string path, Func<CancellationToken, T> call, TimeSpan limit, CancellationToken token)
        where T : class
    {
        if (IsStuck(path))
        {
            return null;
        }

        var started = time.GetTimestamp();
        using var stop = new CancellationTokenSource();
        var stopped = stop.Token;
        var running = Task.Factory.StartNew(() => call(stopped), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(limit, time, token);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            // A call that is only slow ends itself now; one that is stuck in the kernel is remembered until it comes back.
            await stop.CancelAsync();
            Remember(path, running, started);
        }
    }

    /// <summary>How long the path's stuck call has been running; zero when none is.</summary>
    public TimeSpan StuckFor(string path)
    {
        lock (_lock)
        {
            return _stuck.TryGetValue(path, out var call) ? time.GetElapsedTime(call.Started) : TimeSpan.Zero;
        }
    }

    private bool IsStuck(string path)
    {
        lock (_lock)
        {
            return _stuck.TryGetValue(path, out var earlier) && !earlier.Call.IsCompleted;
        }
    }

    private void Remember(string path, Task running, long started)
    {
        lock (_lock)
        {
            if (running.IsCompleted)
            {
                _stuck.Remove(path);
            }
            else
            {
                _stuck[path] = (running, started);
            }
        }
    }
}
