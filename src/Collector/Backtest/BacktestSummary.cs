using NocMonitor.Collector.Alerts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Backtest;

/// <summary>Makes figures and lists of episodes. Pure.</summary>
internal static class BacktestSummary
{
    private const int MostHosts = 50;

    public static BacktestVersion Of(IReadOnlyList<AlertEpisode> episodes, long to, int limit)
    {
        var seconds = episodes.Select(episode => Seconds(episode, to)).Order().ToArray();
        var hosts = episodes.GroupBy(HostOf, StringComparer.Ordinal)
            .Select(host => new BacktestHost(host.Key, host.Count(), host.Sum(episode => episode.Pages)))
            .OrderByDescending(host => host.Pages).ThenByDescending(host => host.Alerts).ThenBy(host => host.Host, StringComparer.Ordinal);
        return new BacktestVersion(
            episodes.Count, episodes.Count(episode => episode.Peak == Severity.Critical), episodes.Sum(episode => episode.Pages),
            episodes.Count(episode => episode.Pages == 0), episodes.Count(episode => episode.Flapped), seconds.Sum(),
            seconds.Length == 0 ? 0 : seconds[seconds.Length / 2], [.. hosts.Take(MostHosts)], List(episodes, to, limit));
    }

    public static BacktestDifference Compare(IReadOnlyList<AlertEpisode> current, IReadOnlyList<AlertEpisode> changed, long to, int limit)
    {
        var stand = Pairs(current, changed, to);
        var gone = current.Where(episode => !stand.Contains(episode)).ToList();
        var added = changed.Where(episode => !stand.Contains(episode)).ToList();
        return new BacktestDifference(
            changed.Sum(episode => episode.Pages) - current.Sum(episode => episode.Pages), changed.Count - current.Count, gone.Count, added.Count,
            List(gone, to, limit), List(added, to, limit));
    }

    /// <summary>
    /// The episodes of both that stand for each other: on the same series, overlapping, each with one of the other version at most. An alert that a change splits into seven stands for
    /// one of them; the six others are new, as six are gone where seven become one.
    /// </summary>
    private static HashSet<AlertEpisode> Pairs(IReadOnlyList<AlertEpisode> first, IReadOnlyList<AlertEpisode> second, long to)
    {
        var paired = new HashSet<AlertEpisode>(ReferenceEqualityComparer.Instance);
        var others = second.GroupBy(episode => episode.Series).ToDictionary(series => series.Key, series => new Queue<AlertEpisode>(series));
        foreach (var episode in first)
        {
            if (!others.TryGetValue(episode.Series, out var left))
            {
                continue;
            }

            // Both come in order of their starts and an alert begins after the last has ended, so what is over before this one is over for those that follow.
            while (left.TryPeek(out var early) && early.EndOr(to) <= episode.Start)
            {
                left.Dequeue();
            }

            if (left.TryPeek(out var other) && other.Start < episode.EndOr(to))
            {
                paired.Add(episode);
                paired.Add(left.Dequeue());
            }
        }

        return paired;
    }

    private static List<BacktestAlert> List(IEnumerable<AlertEpisode> episodes, long to, int limit) =>
        [.. episodes.OrderByDescending(episode => episode.Start).Take(limit).Select(episode => View(episode, to))];

    private static BacktestAlert View(AlertEpisode episode, long to) => new(
        episode.Series.ToString(), HostOf(episode), AlertTables.Word(episode.Peak), UnixNanoseconds.ToTime(episode.Start),
        episode.End is { } end ? UnixNanoseconds.ToTime(end) : null, Seconds(episode, to), episode.Pages, episode.Flapped, episode.WasStale);

    private static double Seconds(AlertEpisode episode, long to) => (episode.EndOr(to) - episode.Start) / 1e9;

    private static string HostOf(AlertEpisode episode) => episode.Series.FindTag("host") ?? "";
}
