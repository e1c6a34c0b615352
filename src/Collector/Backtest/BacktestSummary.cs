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
        var gone = Only(current, changed, to);
        var added = Only(changed, current, to);
        return new BacktestDifference(
            changed.Sum(episode => episode.Pages) - current.Sum(episode => episode.Pages), changed.Count - current.Count, gone.Count, added.Count,
            List(gone, to, limit), List(added, to, limit));
    }

    /// <summary>Those of the first that no episode of the second on the same series overlaps.</summary>
    private static List<AlertEpisode> Only(IReadOnlyList<AlertEpisode> first, IReadOnlyList<AlertEpisode> second, long to)
    {
        var others = second.ToLookup(episode => episode.Series);
        return [.. first.Where(episode => !others[episode.Series].Any(other => other.Start < episode.EndOr(to) && episode.Start < other.EndOr(to)))];
    }

    private static List<BacktestAlert> List(IEnumerable<AlertEpisode> episodes, long to, int limit) =>
        [.. episodes.OrderByDescending(episode => episode.Start).Take(limit).Select(episode => View(episode, to))];

    private static BacktestAlert View(AlertEpisode episode, long to) => new(
        episode.Series.ToString(), HostOf(episode), AlertTables.Word(episode.Peak), UnixNanoseconds.ToTime(episode.Start),
        episode.End is { } end ? UnixNanoseconds.ToTime(end) : null, Seconds(episode, to), episode.Pages, episode.Flapped, episode.WasStale);

    private static double Seconds(AlertEpisode episode, long to) => (episode.EndOr(to) - episode.Start) / 1e9;

    private static string HostOf(AlertEpisode episode) => episode.Series.FindTag("host") ?? "";
}
