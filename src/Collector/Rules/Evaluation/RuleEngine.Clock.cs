namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>What happens by the clock: looking for silence, keeping states, and after a start catching up.</summary>
internal sealed partial class RuleEngine
{
    /// <summary>Evaluates again the batches after the one up to which everything is known to be recorded.</summary>
    private async Task ReplayAsync(long? evaluated, CancellationToken token)
    {
        var cursor = _store.Register(Consumer);
        var last = _store.LastSequence;

        // A store that was set aside as damaged counts from 1 again.
        var after = Math.Min(evaluated ?? cursor, last);
        Sequences.Start(after);
        _checkpointed = after;
        if (after == last)
        {
            return;
        }

        var newest = NewestTimes(after);
        foreach (var batch in _store.Replay(after))
        {
            token.ThrowIfCancellationRequested();
            await EnterAsync(batch, newest);
        }

        await FlushAsync();

        // Records that were torn have no batch to complete them.
        Sequences.Start(last);
        LogReplayed(_log, last - after);
        await CheckpointAsync();
    }

    private Dictionary<int, long> NewestTimes(long after)
    {
        var newest = new Dictionary<int, long>();
        foreach (var batch in _store.Replay(after))
        {
            foreach (ref readonly var row in batch.Rows)
            {
                newest[row.Series.Id] = Math.Max(row.Timestamp, newest.GetValueOrDefault(row.Series.Id, long.MinValue));
            }

            batch.Dispose();
        }

        return newest;
    }

    /// <summary>Waits until all that was handed over is evaluated and recorded.</summary>
    internal async Task FlushAsync()
    {
        await _entry.WaitAsync();
        try
        {
            await DrainAsync();
        }
        finally
        {
            _entry.Release();
        }

        await _alerts.FlushAsync(CancellationToken.None);
    }

    /// <summary>Keeps all states that changed together with the sequence they stand for, when there is anything new.</summary>
    internal async Task CheckpointAsync()
    {
        await _entry.WaitAsync();
        try
        {
            // Taken under the entry: what entered later is not in the states that this piece of work will gather.
            var (whole, hasGap) = (Sequences.Whole, Sequences.HasGap);
            if (whole == _checkpointed && !HasChanges)
            {
                return;
            }

            _checkpointed = whole;
            var work = _works.Rent(WorkKind.Checkpoint, null, Clock(), Now());
            (work.Checkpoint, work.KeepsResting) = (whole, hasGap);
            await QueueAsync(work);
        }
        finally
        {
            _entry.Release();
        }
    }

    /// <summary>Looks at the clock now.</summary>
    internal async Task SweepAsync()
    {
        await _entry.WaitAsync();
        try
        {
            var work = _works.Rent(WorkKind.Sweep, null, Clock(), Now());
            work.Released = TakeReleased();
            await QueueAsync(work);
        }
        finally
        {
            _entry.Release();
        }
    }

    private async Task RunClockAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, _time);
        var sweeps = (int)(CheckpointEvery / SweepEvery);
        try
        {
            for (var sweep = 1; await timer.WaitForNextTickAsync(_stop.Token); sweep++)
            {
                await SweepAsync();
                if (sweep % sweeps == 0)
                {
                    await CheckpointAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            LogStopping(_log);
        }
    }

    private bool HasChanges => Array.Exists(_shards, shard => shard.HasChanges);

    [LoggerMessage(3101, LogLevel.Information, "{Batches} batches of the log were evaluated again")]
    private static partial void LogReplayed(ILogger log, long batches);

    [LoggerMessage(3102, LogLevel.Debug, "the rule engine stops")]
    private static partial void LogStopping(ILogger log);
}
