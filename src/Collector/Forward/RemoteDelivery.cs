using Polly;
using Polly.Retry;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// Brings lines to the remote, whatever it takes: while the remote is away the same request is tried again, with growing pauses and without end; when it
/// refuses lines as bad they are found by halves and set aside, and the others go on. Owned by one forwarder, one delivery at a time.
/// </summary>
internal sealed partial class RemoteDelivery
{
    // A body of bad lines only must not become ten thousand requests.
    private const int MostRequests = 2_000;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    // A sender whose every line is refused must not fill the log with one line each; all stand in the file with their reasons.
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromMinutes(1);

    private readonly RemoteClient _client;
    private readonly RejectedLines _rejected;
    private readonly ForwardProgress _progress;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<RemoteAnswer> _pipeline;
    private readonly Stack<ReadOnlyMemory<byte>> _parts = [];
    private readonly TimeProvider _time;
    private bool _away;
    private long? _refusalLogged;
    private int _refusedUnlogged;

    public RemoteDelivery(ForwarderOptions options, RemoteClient client, RejectedLines rejected, ForwardProgress progress, TimeProvider time, ILogger log)
    {
        (_client, _rejected, _progress, _time, _log) = (client, rejected, progress, time, log);
        _pipeline = new ResiliencePipelineBuilder<RemoteAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<RemoteAnswer>
            {
                ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Result is { Verdict: RemoteVerdict.Unavailable }),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstRetry,
                MaxDelay = options.LongestRetry,
                UseJitter = true,
                DelayGenerator = static outcome => ValueTask.FromResult(outcome.Outcome.Result?.RetryAfter),
                OnRetry = failed =>
                {
                    NoteFailure(failed.Outcome.Result!);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Returns once every line is at the remote or set aside.</summary>
    /// <param name="lines">Whole lines; unchanged until the end.</param>
    public async ValueTask DeliverAsync(ReadOnlyMemory<byte> lines, CancellationToken token)
    {
        _parts.Push(lines);
        for (var requests = 0; _parts.TryPop(out var part); requests++)
        {
            var answer = await PostAsync(part, token);
            if (answer.Verdict == RemoteVerdict.Accepted)
            {
                _progress.Sent(part.Span.Count((byte)'\n'));
            }
            else if (requests < MostRequests && Middle(part.Span) is var cut and > 0)
            {
                // The earlier half is on top, so that the points of a series arrive in their order.
                _parts.Push(part[cut..]);
                _parts.Push(part[..cut]);
            }
            else
            {
                SetAside(part.Span, answer.Reason);
            }
        }
    }

    private async ValueTask<RemoteAnswer> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken token)
    {
        var answer = await _pipeline.ExecuteAsync(static (state, token) => state._client.PostAsync(state.lines, token), (_client, lines), token);
        if (_away)
        {
            _away = false;
            LogBack(_progress.Name);
        }

        return answer;
    }

    /// <summary>Counts every failure and logs the first: a remote that is away for a day is two lines.</summary>
    private void NoteFailure(RemoteAnswer answer)
    {
        _progress.Failed(answer.Reason);
        if (!_away)
        {
            _away = true;
            LogAway(_progress.Name, answer.Reason);
        }
    }

    private void SetAside(ReadOnlySpan<byte> lines, string reason)
    {
        var count = lines.Count((byte)'\n');
        _progress.Rejected(count);
        NoteRefusal(count, reason);
        try
        {
            _rejected.Add(lines, reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(_rejected.Path, exception.Message);
        }
    }

    private void NoteRefusal(int count, string reason)
    {
        _refusedUnlogged += count;
        if (_refusalLogged is { } logged && _time.GetElapsedTime(logged) < BetweenRefusals)
        {
            return;
        }

        LogRejected(_progress.Name, _refusedUnlogged, _rejected.Path, reason);
        (_refusalLogged, _refusedUnlogged) = (_time.GetTimestamp(), 0);
    }

    /// <summary>The start of the line nearest to the middle; 0 when there is only one line.</summary>
    private static int Middle(ReadOnlySpan<byte> lines)
    {
        var half = lines.Length / 2;
        if (lines[..half].LastIndexOf((byte)'\n') is var before and >= 0)
        {
            return before + 1;
        }

        var after = lines[half..].IndexOf((byte)'\n') + half + 1;
        return after > half && after < lines.Length ? after : 0;
    }

    [LoggerMessage(6101, LogLevel.Warning, "Forwarder {Name}: the remote takes nothing, its points wait in the log: {Reason}")]
    private partial void LogAway(string name, string reason);

    [LoggerMessage(6102, LogLevel.Information, "Forwarder {Name}: the remote takes points again")]
    private partial void LogBack(string name);

    [LoggerMessage(6103, LogLevel.Warning, "Forwarder {Name}: lines refused by the remote since the last such message: {Count}, kept in {Path}; the newest reason: {Reason}")]
    private partial void LogRejected(string name, int count, string path, string reason);

    [LoggerMessage(6104, LogLevel.Error, "Refused lines cannot be kept in {Path}: {Reason}")]
    private partial void LogNotKept(string path, string reason);
}
