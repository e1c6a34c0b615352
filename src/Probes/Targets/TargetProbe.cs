using System.Collections.Concurrent;

namespace NocMonitor.Probes.Targets;

/// <summary>
/// Runs one attempt at each target, so many side by side, spread over the start of the round; a target whose result changed is asked again at
/// once to confirm it. Each attempt has its own time limit: a slow target delays no other. Keeps the last result of each target between
/// rounds; rounds never overlap.
/// </summary>
public sealed class TargetProbe(ITargetProbe probe, TargetOptions options, TimeProvider time) : IProbe, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _lastResults = new(StringComparer.Ordinal);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = token };
        await Parallel.ForEachAsync(options.Targets, limits, (target, stop) => ProbeTargetAsync(target, points, stop));
    }

    public ValueTask DisposeAsync() => ProbeDisposal.DisposeAsync(probe);

    private async ValueTask ProbeTargetAsync(string target, IPointSink points, CancellationToken token)
    {
        var result = await AttemptAsync(target, points, token);
        var known = _lastResults.TryGetValue(target, out var last);
        if (known ? result != last : result != ResultCode.Success)
        {
            for (var i = 0; i < options.Confirmations; i++)
            {
                await Task.Delay(options.ConfirmInterval, time, token);
                result = await AttemptAsync(target, points, token);
            }
        }

        _lastResults[target] = result;
    }

    private async ValueTask<long> AttemptAsync(string target, IPointSink points, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        var started = time.GetUtcNow();
        var point = await probe.ProbeAsync(target, both.Token);
        token.ThrowIfCancellationRequested();
        var result = point.FindField("result_code")?.Integer ?? ResultCode.Success;
        points.Add(point.At(started));
        return result;
    }
}
