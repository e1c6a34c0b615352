using Microsoft.Extensions.Logging;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// The loop behind the store. It runs its round every two seconds, and at once when memory is tight. A failure is reported once, and the same
/// work is tried again in the next round. Owns its task; the work itself is the round's, one round at a time.
/// </summary>
internal sealed class Housekeeping(HousekeepingRound round, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _rounds = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _closing = new();
    private Task _loop = Task.CompletedTask;
    private int _woken;
    private bool _failing;

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Asks for a round at once; any thread.</summary>
    public void Hurry()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Does everything that the rounds to come would do; throws when the disk does not let it.</summary>
    public void Compact()
    {
        lock (_rounds)
        {
            round.Compact();
        }
    }

    /// <summary>Ends the loop and moves what is left in memory into chunks.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _closing.Dispose();
        _wake.Dispose();
        Attempt(round.Close);
    }

    private async Task LoopAsync()
    {
        await using var timer = time.CreateTimer(_ => Hurry(), null, Interval, Interval);
        while (await WakeAsync().ConfigureAwait(false))
        {
            Volatile.Write(ref _woken, 0);
            Attempt(round.Run);
        }
    }

    private async Task<bool> WakeAsync()
    {
        try
        {
            await _wake.WaitAsync(_closing.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Attempt(Action work)
    {
        try
        {
            lock (_rounds)
            {
                work();
            }

            if (_failing)
            {
                _failing = false;
                log.CompactionRecovered();
            }
        }
        catch (Exception defect) when (defect is not DatabaseException)
        {
            log.CompactionBroken(defect);
            throw;
        }
        catch (DatabaseException fault)
        {
            if (!_failing)
            {
                _failing = true;
                log.CompactionFailed(fault.Message);
            }
        }
    }
}
