using Polly;
using Polly.Retry;

namespace NocMonitor.Agent.Delivery;

/// <summary>
/// Empties the spool into the first collector of the list that works: at the flush interval, and at once when asked. One loop owns everything here
/// but <see cref="Use"/>, which hands it a new list to take over before its next batch. Every attempt asks the spool anew what is newest, so that after
/// an outage the present arrives before the past.
/// </summary>
internal sealed class Uplink : IDisposable
{
    /// <summary>Uncompressed bytes of one request; 413 halves it.</summary>
    private const int LargestBatch = 256 << 10;
    private const int SmallestBatch = 4 << 10;

    private readonly Spool _spool;
    private readonly FlushSignal _signal;
    private readonly BatchSplitter _splitter;
    private readonly AgentCounters _counters;
    private readonly SpoolBatch _batch = new();
    private readonly ResiliencePipeline<PostResult> _retry;
    private UplinkTargets _targets;
    private UplinkTargets? _nextTargets;
    private int _batchLimit = LargestBatch;

    public Uplink(Spool spool, FlushSignal signal, DeadLetters deadLetters, UplinkTargets targets, AgentCounters counters, TimeProvider time)
    {
        _spool = spool;
        _signal = signal;
        _splitter = new BatchSplitter(deadLetters);
        _targets = targets;
        _counters = counters;
        _retry = new ResiliencePipelineBuilder<PostResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<PostResult>
            {
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Result is { IsFailure: true }),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(15),
                DelayGenerator = static attempt => ValueTask.FromResult(Longer(attempt.Outcome.Result?.RetryAfter)),
            })
            .Build();
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            await _signal.WaitAsync(_targets.FlushInterval, token);
            await _retry.ExecuteAsync(static (self, stop) => self.EmptyAsync(stop), this, token);
        }
    }

    /// <summary>
    /// One try to send what there is, without waiting for a collector that fails: for the end of the process, not beside <see cref="RunAsync"/>. False when
    /// something stays in the spool.
    /// </summary>
    public async ValueTask<bool> FlushOnceAsync(CancellationToken token) => !(await EmptyAsync(token)).IsFailure;

    /// <summary>Takes another list of collectors after a reload; the loop changes over before its next batch.</summary>
    public void Use(UplinkTargets targets)
    {
        Interlocked.Exchange(ref _nextTargets, targets)?.Dispose();
        _signal.Ask();
    }

    public void Dispose()
    {
        _targets.Dispose();
        _nextTargets?.Dispose();
    }

    private async ValueTask<PostResult> EmptyAsync(CancellationToken token)
    {
        while (true)
        {
            ChangeOver();
            _spool.Take(_batch, _batchLimit);
            if (_batch.IsEmpty)
            {
                return PostResult.Accepted;
            }

            var result = await SendAsync(token);
            if (result.IsFailure)
            {
                _spool.Retain(_batch);
                _spool.Sync();
                return result;
            }

            _spool.Acknowledge(_batch);
            _counters.Sent(_batch.Lines);
        }
    }

    private async ValueTask<PostResult> SendAsync(CancellationToken token)
    {
        PostResult? failure = null;
        foreach (var collector in _targets.Collectors)
        {
            var result = await collector.PostAsync(_batch.Text, token);
            if (result.Kind is PostKind.BadLines or PostKind.TooLarge)
            {
                _batchLimit = result.Kind == PostKind.TooLarge ? Math.Clamp(_batch.Length / 2, SmallestBatch, _batchLimit) : _batchLimit;
                result = await _splitter.SettleAsync(collector, _batch.Text, result, _targets.DeadLetterBytes, token);
            }

            if (!result.IsFailure)
            {
                return result;
            }

            failure = failure is null ? result : Sooner(failure, result);
        }

        return failure ?? new PostResult(PostKind.Unavailable, "no collector is configured");
    }

    /// <summary>Of two failures the one after which trying again makes sense first; one that names no time is tried again after the usual pause.</summary>
    private static PostResult Sooner(PostResult one, PostResult other) =>
        one.RetryAfter is null || one.RetryAfter <= other.RetryAfter ? one : other;

    private static TimeSpan? Longer(TimeSpan? asked) => asked is { } wait && wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(50) : null;

    private void ChangeOver()
    {
        if (Interlocked.Exchange(ref _nextTargets, null) is { } next)
        {
            _targets.Dispose();
            _targets = next;
            _batchLimit = LargestBatch;
        }
    }
}
