using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>
/// One receiver's way of sending: a time limit a try, a breaker over the tries, and two quick further tries for what may pass in a second. What
/// still fails then is the outbox's to try again. Used by the receiver's queue only; the breaker's state may be read from any thread.
/// </summary>
internal sealed class SendPipeline
{
    private const int QuickRetries = 2;
    private static readonly TimeSpan LongestQuickPause = TimeSpan.FromSeconds(3);

    private readonly INotifier _notifier;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline<SendResult> _pipeline;

    // Owned by the queue: the breaker's own call-backs run within its sends.
    private long _openedAt;
    private TimeSpan _openFor;

    public SendPipeline(INotifier notifier, TimeSpan timeout, OutboxOptions options, TimeProvider time)
    {
        _notifier = notifier;
        _timeout = timeout;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<SendResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<SendResult>
            {
                ShouldHandle = arguments => ValueTask.FromResult(MayPassSoon(arguments.Outcome)),
                MaxRetryAttempts = QuickRetries,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendResult>
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsTemporary(arguments.Outcome)),
                FailureRatio = 1,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = TimeSpan.FromMinutes(10),
                BreakDuration = options.BreakFor,
                StateProvider = _breaker,
                OnOpened = arguments =>
                {
                    (_openedAt, _openFor) = (time.GetTimestamp(), arguments.BreakDuration);
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(timeout)
            .Build();
    }

    /// <summary>Whether tries are held back because too many failed in a row.</summary>
    public bool IsBroken => _breaker.CircuitState == CircuitState.Open;

    /// <summary>How long no try is let through; zero or less when the next one is.</summary>
    public TimeSpan HeldBack => IsBroken ? _openFor - _time.GetElapsedTime(_openedAt) : TimeSpan.Zero;

    /// <summary>Sends, or says why not; only cancellation is thrown.</summary>
    public async ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static (state, inner) => state.Notifier.SendAsync(state.Notification, inner), (Notifier: _notifier, Notification: notification), token);
        }
        catch (TimeoutRejectedException)
        {
            return SendResult.Temporary($"no end within {_timeout.TotalSeconds:0.#} s");
        }
        catch (BrokenCircuitException exception)
        {
            return SendResult.Temporary("not tried: too many tries failed in a row", exception.RetryAfter);
        }
    }

    private static bool IsTemporary(Outcome<SendResult> outcome) =>
        outcome.Exception is TimeoutRejectedException || (outcome.Exception is null && outcome.Result.Outcome == SendOutcome.Temporary);

    private static bool MayPassSoon(Outcome<SendResult> outcome) =>
        outcome.Exception is null && outcome.Result.Outcome == SendOutcome.Temporary && (outcome.Result.RetryAfter ?? TimeSpan.Zero) <= LongestQuickPause;
}
