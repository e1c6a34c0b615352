using System.Threading.Channels;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>How work enters, passes through the shards and leaves for the log.</summary>
internal sealed partial class RuleEngine
{
    private async ValueTask EnterAsync(SampleBatch batch, IReadOnlyDictionary<int, long>? replayed)
    {
        await _entry.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            Sequences.Note(batch.Sequence);
            var work = _works.Rent(WorkKind.Batch, batch, Clock(), Now());
            work.Replayed = replayed;
            if (Partition(batch, work))
            {
                await QueueAsync(work);
            }
            else
            {
                batch.Dispose();
                _works.Return(work);
            }
        }
        finally
        {
            _entry.Release();
        }
    }

    /// <summary>Sorts the rows to the shards that own their series; false when no rule applies to any.</summary>
    private bool Partition(SampleBatch batch, EvaluationWork work)
    {
        var any = false;
        var rows = batch.Rows;
        for (var row = 0; row < rows.Length; row++)
        {
            var binding = _binder.Bind(rows[row].Series);
            if (binding.Shard >= 0)
            {
                work.Rows[binding.Shard].Add(row, binding);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Every shard gets every piece, so that none is recorded before one that entered earlier. The entry is held.</summary>
    private async ValueTask QueueAsync(EvaluationWork work)
    {
        Interlocked.Increment(ref _inFlight);
        foreach (var queue in _queues)
        {
            await queue.Writer.WriteAsync(work);
        }
    }

    /// <summary>
    /// Ends the alerts of a host and of what its agent watched, and waits for none of their series any more; on return that is recorded. A host that is heard
    /// of again is watched again.
    /// </summary>
    public async Task<Hosts.Forgotten> ForgetHostAsync(string host)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EvaluationWork work;
        await _entry.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _forgotten[host] = Now();
            work = new EvaluationWork(_shards.Length);
            work.Begin(WorkKind.Forget, null, Clock(), Now());
            (work.Host, work.Done) = (host, done);
            await QueueAsync(work);
        }
        finally
        {
            _entry.Release();
        }

        await done.Task;
        await _alerts.FlushAsync(CancellationToken.None);
        return new Hosts.Forgotten(work.LetGo.Alerts, work.LetGo.Series);
    }

    /// <summary>Waits until all that entered before is with the log. The entry is held.</summary>
    private async Task DrainAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var barrier = _works.Rent(WorkKind.Barrier, null, Clock(), Now());
        barrier.Done = done;
        await QueueAsync(barrier);
        await done.Task;
    }

    private async Task RunShardAsync(RuleShard shard, Channel<EvaluationWork> queue)
    {
        await Task.Yield();
        try
        {
            await foreach (var work in queue.Reader.ReadAllAsync())
            {
                shard.Run(work);
                if (work.Finish())
                {
                    await LeaveAsync(work);
                }
            }
        }
        finally
        {
            // Should this loop break, whoever hands over work must hear of it instead of waiting for ever.
            queue.Writer.TryComplete();
        }
    }

    /// <summary>The last shard hands on what all found. It takes its next piece only then, so pieces leave in the order they entered.</summary>
    private async ValueTask LeaveAsync(EvaluationWork work)
    {
        var outcome = work.Join();
        if (work.Kind == WorkKind.Sweep)
        {
            _groups.Evaluate(work, outcome);
        }

        work.Batch?.Dispose();
        await _alerts.AppendAsync(outcome, CancellationToken.None);
        Interlocked.Decrement(ref _inFlight);
        var done = work.Done;
        if (work.Kind != WorkKind.Forget)
        {
            _works.Return(work);
        }

        done?.TrySetResult();
    }

    private async Task RunLogAsync()
    {
        await Task.Yield();
        await _alerts.RunAsync(CancellationToken.None);
    }
}
