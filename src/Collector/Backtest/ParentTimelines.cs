using NocMonitor.Collector.Alerts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Backtest;

/// <summary>When the parents of a rule were firing or about to, by the value of the tag that children share with them. Filled once, then read.</summary>
internal sealed class ParentTimelines
{
    private readonly Dictionary<(Dependency Parent, string Value), List<Stretch>> _stretches = [];

    private readonly record struct Stretch(long From, long To, AlertPhase Phase);

    public void Add(Dependency parent, SeriesKey series, ReplayLog log, long to)
    {
        var value = Dependency.ValueOfParent(parent.Tag, tag => series.FindTag(tag) ?? "");
        if (value.Length == 0 || log.Phases.Count == 0)
        {
            return;
        }

        if (!_stretches.TryGetValue((parent, value), out var stretches))
        {
            _stretches.Add((parent, value), stretches = []);
        }

        for (var change = 0; change < log.Phases.Count; change++)
        {
            var end = change + 1 < log.Phases.Count ? log.Phases[change + 1].Time : to;
            if (log.Phases[change].Phase != AlertPhase.Inactive)
            {
                stretches.Add(new Stretch(log.Phases[change].Time, end, log.Phases[change].Phase));
            }
        }
    }

    /// <summary>
    /// Decides which pages of an episode go out. One that falls into a parent's alert waits for its end and goes out then, once, if the episode still fires;
    /// one that falls into a parent's pending waits at most as long as told.
    /// </summary>
    public void Judge(AlertEpisode episode, IReadOnlyList<Dependency> dependencies, long to, long longestWait)
    {
        var sent = new HashSet<long>();
        foreach (var asked in episode.Asked)
        {
            var time = asked;
            while (Blocking(episode, dependencies, time, mayHold: time - asked < longestWait) is { } blocking)
            {
                time = blocking.Phase == AlertPhase.Pending ? Math.Min(blocking.To, asked + longestWait) : blocking.To;
            }

            if (time == asked || time < episode.EndOr(to))
            {
                sent.Add(time);
            }
        }

        episode.Pages = sent.Count;
    }

    private Stretch? Blocking(AlertEpisode episode, IReadOnlyList<Dependency> dependencies, long time, bool mayHold)
    {
        Stretch? found = null;
        foreach (var dependency in dependencies)
        {
            var value = Dependency.ValueOfChild(dependency.Tag, tag => episode.Series.FindTag(tag) ?? "");
            if (!_stretches.TryGetValue((dependency, value), out var stretches))
            {
                continue;
            }

            foreach (var stretch in stretches)
            {
                if (stretch.From <= time && time < stretch.To && (stretch.Phase == AlertPhase.Firing || (mayHold && found is null)))
                {
                    found = stretch;
                }
            }
        }

        return found;
    }
}
