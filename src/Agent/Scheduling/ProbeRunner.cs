using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Runs one round of a probe: time limit, tags, duration, and the point of measurement <c>probe</c> that says how it went. Nothing a probe does escapes
/// from here. Rounds of many probes run side by side; all it remembers is which probes fail, to log a failure once.
/// </summary>
internal sealed class ProbeRunner(AgentIdentity identity, PointOutlet outlet, AgentCounters counters, TimeProvider time, ILogger log)
{
    /// <summary>A probe that does not return so long after its time limit was cancelled is abandoned.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.Ordinal);

    /// <summary>Returns when the probe itself returned, however late; its round is reported by then.</summary>
    public async Task RunAsync(ProbeEntry entry, IProbe probe, CancellationToken stop)
    {
        var sink = new RoundSink(entry, identity, outlet, time);
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(entry.TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        using var overdue = new OverdueWatch(Grace, () => Abandon(entry, sink, started), time, limit.Token);
        var (result, error) = await ProbeAsync(entry, probe, sink, both.Token, limit.Token, stop);
        var round = RoundPoint(entry, result, error, time.GetElapsedTime(started), sink.Points);
        sink.Close(stop.IsCancellationRequested ? null : round);
    }

    /// <summary>Where a probe puts what comes between its rounds; disposed after the probe.</summary>
    public ListeningSink OpenSink(ProbeEntry entry) => new(entry, identity, outlet, time);

    /// <summary>A round could not start because the one before still runs.</summary>
    public void ReportOverrun(ProbeEntry entry)
    {
        counters.ProbeOverran();
        var sink = new RoundSink(entry, identity, outlet, time);
        sink.Close(RoundPoint(entry, ResultCode.Timeout, "the round before has not ended yet", TimeSpan.Zero, 0));
    }

    private async ValueTask<(long Result, string Error)> ProbeAsync(
        ProbeEntry entry, IProbe probe, RoundSink sink, CancellationToken token, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            await probe.ProbeAsync(sink, token);
            _failing.TryRemove(entry.Name, out _);
            return limit.IsCancellationRequested ? TimedOut(entry) : (ResultCode.Success, "");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (ResultCode.Success, "");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TimedOut(entry);
        }
        catch (Exception exception)
        {
            // The one place where any exception of a probe ends: it costs this round, never the agent.
            counters.ProbeFailed();
            var error = $"{exception.GetType().Name}: {exception.Message}";
            if (!_failing.TryGetValue(entry.Name, out var before) || before != error)
            {
                _failing[entry.Name] = error;
                SchedulingLog.ProbeFailed(log, entry.Name, exception);
            }

            return (ResultCode.ProbeFailed, error);
        }
    }

    private (long Result, string Error) TimedOut(ProbeEntry entry)
    {
        counters.ProbeTimedOut();
        return (ResultCode.Timeout, $"the round took longer than its time limit of {Configuration.Duration.Format(entry.TimeLimit)}");
    }

    private void Abandon(ProbeEntry entry, RoundSink sink, long started)
    {
        counters.ProbeTimedOut();
        SchedulingLog.Abandoned(log, entry.Name, entry.TimeLimit);
        sink.Close(RoundPoint(entry, ResultCode.Timeout, "the probe does not return; it is left alone until it does", time.GetElapsedTime(started), sink.Points));
    }

    private static Point RoundPoint(ProbeEntry entry, long result, string error, TimeSpan duration, int points)
    {
        var point = new Point("probe").Tag("probe", entry.Name).Tag("type", entry.Type)
            .Field("result_code", result)
            .Field("duration_ms", duration.TotalMilliseconds)
            .Field("points", (long)points);
        return error.Length > 0 ? point.Field("error", error) : point;
    }
}
