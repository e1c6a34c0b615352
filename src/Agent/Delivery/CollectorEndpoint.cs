using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace NocMonitor.Agent.Delivery;

/// <summary>
/// One collector of the list with its circuit breaker and its wish to be left alone. Owned by the uplink. While the breaker is open the next
/// collector of the list takes over at once; the first batch after it half-opens is the trial that brings the earlier one back.
/// </summary>
internal sealed class CollectorEndpoint : IDisposable
{
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(15);

    private readonly CollectorClient _client;
    private readonly ResiliencePipeline<PostResult> _breaker;
    private readonly TimeProvider _time;
    private readonly AgentCounters _counters;
    private readonly ILogger _log;
    private long _leftAloneSince;
    private TimeSpan _leftAloneFor;
    private PostKind? _lastKind;

    public CollectorEndpoint(CollectorClient client, TimeProvider time, AgentCounters counters, ILogger log)
    {
        _client = client;
        _time = time;
        _counters = counters;
        _log = log;
        _breaker = new ResiliencePipelineBuilder<PostResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<PostResult>
            {
                ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Result is { IsFailure: true }),
                FailureRatio = 1,
                MinimumThroughput = 3,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDurationGenerator = static failed => ValueTask.FromResult(BreakFor(failed.HalfOpenAttempts)),
            })
            .Build();
    }

    public string Name => _client.Name;

    /// <summary>Posts unless the breaker is open or the collector asked to be left alone; both come back as a failure that says how long.</summary>
    public async ValueTask<PostResult> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken token)
    {
        if (_leftAloneFor - _time.GetElapsedTime(_leftAloneSince) is var rest && rest > TimeSpan.Zero)
        {
            return new PostResult(PostKind.Unavailable, "asked to be left alone for a while", rest);
        }

        var context = ResilienceContextPool.Shared.Get(token);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(
                static async (context, state) => Outcome.FromResult(await state._client.PostAsync(state.lines, context.CancellationToken)),
                context, (_client, lines));
            if (outcome.Exception is BrokenCircuitException broken)
            {
                return new PostResult(PostKind.Unavailable, "failed too often", broken.RetryAfter);
            }

            outcome.ThrowIfException();
            Note(outcome.Result!);
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _client.Dispose();

    private static TimeSpan BreakFor(int halfOpenAttempts)
    {
        var length = FirstBreak * Math.Pow(2, Math.Min(halfOpenAttempts, 8));
        return length < LongestBreak ? length : LongestBreak;
    }

    /// <summary>Counts every failure and logs a change only: a collector that is away for a day is one line.</summary>
    private void Note(PostResult result)
    {
        if (result.RetryAfter is { } wait)
        {
            _leftAloneSince = _time.GetTimestamp();
            _leftAloneFor = wait;
        }

        if (result.IsFailure)
        {
            _counters.SendFailed();
        }

        var kind = result.IsFailure ? result.Kind : PostKind.Accepted;
        if (kind == _lastKind)
        {
            return;
        }

        _lastKind = kind;
        switch (kind)
        {
            case PostKind.NotAllowed:
                DeliveryLog.NotAllowed(_log, Name, result.Reason);
                break;
            case PostKind.Unavailable:
                DeliveryLog.Failing(_log, Name, result.Reason);
                break;
            default:
                DeliveryLog.Serving(_log, Name);
                break;
        }
    }
}
