using System.Collections.Concurrent;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Backtest;

/// <summary>Replays stored history through the versions of a rule, several series at once. Reads only; safe for concurrent use.</summary>
internal sealed class Backtester(TimeSeriesStore store, TimeProvider time)
{
    // One processor stays for those who write.
    private static readonly int Workers = Math.Max(1, Environment.ProcessorCount - 1);

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public BacktestReport Run(BacktestPlan plan, BacktestRequest request, DateTimeOffset from, DateTimeOffset to, RulesOptions options, CancellationToken token)
    {
        var started = time.GetTimestamp();
        var replay = new Stretch(UnixNanoseconds.From(from), UnixNanoseconds.From(to), token);
        var current = Replay(plan.Current, replay);
        var changed = plan.Changed is null ? null : Replay(plan.Changed, replay);
        var series = current.Series.Concat(changed?.Series ?? []).Distinct().Count();
        var samples = current.Samples + (changed?.Samples ?? 0);
        if (current.Episodes.Count + (changed?.Episodes.Count ?? 0) > 0)
        {
            samples += Suppress(plan, [current, changed], replay, options);
        }

        var first = Math.Min(current.First, changed?.First ?? long.MaxValue);
        return new BacktestReport(
            request.Rule, from, to, series, samples, time.GetElapsedTime(started).TotalSeconds, new BacktestNotes(store).Of(plan, series, first, from),
            BacktestSummary.Of(current.Episodes, replay.To, request.Limit),
            changed is null ? null : BacktestSummary.Of(changed.Episodes, replay.To, request.Limit),
            changed is null ? null : BacktestSummary.Compare(current.Episodes, changed.Episodes, replay.To, request.Limit));
    }

    private readonly record struct Stretch(long From, long To, CancellationToken Token);

    private sealed record Outcome(IReadOnlyList<SeriesKey> Series, IReadOnlyList<AlertEpisode> Episodes, long Samples, long First);

    private Outcome Replay(ReplayRule rule, Stretch stretch)
    {
        var episodes = new ConcurrentBag<AlertEpisode>();
        var keys = new ConcurrentBag<SeriesKey>();
        var firsts = new ConcurrentBag<long> { long.MaxValue };
        var samples = ForEach(rule, stretch, (key, variant, log) =>
        {
            keys.Add(key);
            firsts.Add(log.First);
            foreach (var episode in AlertEpisode.Of(log, key, variant))
            {
                episode.Pages = episode.Asked.Count;
                episodes.Add(episode);
            }
        });
        return new Outcome([.. keys], [.. episodes.OrderBy(episode => episode.Start)], samples, firsts.Min());
    }

    /// <summary>Replays every identity that the rule applies to; gives the number of samples.</summary>
    private long ForEach(ReplayRule rule, Stretch stretch, Action<SeriesKey, RuleVariant, ReplayLog> take)
    {
        long samples = 0;
        var identities = Identities(rule);
        Parallel.ForEach(
            Partitioner.Create(identities, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = stretch.Token },
            () => new SeriesReplay(store),
            (identity, _, replay) =>
            {
                var log = replay.Run(identity.Bound, identity.Series, stretch.From, stretch.To, stretch.Token);
                Interlocked.Add(ref samples, log.Samples);
                take(identity.Key, identity.Bound.Variants[0], log);
                return replay;
            },
            replay => replay.Dispose());
        return samples;
    }

    private List<(SeriesKey Key, BoundRules Bound, List<Series> Series)> Identities(ReplayRule rule)
    {
        var identities = new Dictionary<SeriesKey, (SeriesKey Key, BoundRules Bound, List<Series> Series)>();
        foreach (var series in store.Index.Find(rule.Rule.Options.Measurement))
        {
            var key = SeriesIdentity.KeyOf(series.Key, rule.VolatileTags);
            if (identities.TryGetValue(key, out var known))
            {
                known.Series.Add(series);
            }
            else if (rule.BoundTo(key) is { } bound)
            {
                identities.Add(key, (key, bound, [series]));
            }
        }

        return [.. identities.Values];
    }

    private long Suppress(BacktestPlan plan, IReadOnlyList<Outcome?> outcomes, Stretch stretch, RulesOptions options)
    {
        var episodes = outcomes.OfType<Outcome>().SelectMany(outcome => outcome.Episodes).ToList();
        var wanted = episodes.SelectMany(Dependencies).Distinct().Where(dependency => plan.Parents.ContainsKey(dependency.Rule)).ToLookup(dependency => dependency.Rule);
        var timelines = new ParentTimelines();
        long samples = 0;
        foreach (var parent in wanted)
        {
            samples += ForEach(plan.Parents[parent.Key], stretch, (key, _, log) =>
            {
                lock (timelines)
                {
                    foreach (var dependency in parent)
                    {
                        timelines.Add(dependency, key, log, stretch.To);
                    }
                }
            });
        }

        foreach (var episode in episodes)
        {
            timelines.Judge(episode, [.. Dependencies(episode)], stretch.To, UnixNanoseconds.From(options.ParentWait));
        }

        return samples;
    }

    private static IEnumerable<Dependency> Dependencies(AlertEpisode episode) => episode.BySilence && episode.Variant.Rule != RuleSet.SilentAgent
        ? episode.Variant.DependsOn.Append(new Dependency(RuleSet.SilentAgent, "agent")).Distinct()
        : episode.Variant.DependsOn;
}
