using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Backtest;

/// <summary>One alert from its first page to its end, as a replay saw it. Times in nanoseconds since 1970.</summary>
internal sealed class AlertEpisode
{
    public required SeriesKey Series { get; init; }

    public required RuleVariant Variant { get; init; }

    public required long Start { get; init; }

    /// <summary>Null for one that still fires at the end of the stretch.</summary>
    public long? End { get; private set; }

    public Severity Peak { get; private set; }

    public bool Flapped { get; private set; }

    public bool WasStale { get; private set; }

    /// <summary>When it asked to page, before parents were looked at.</summary>
    public List<long> Asked { get; } = [];

    /// <summary>Pages that go out; set once parents were looked at.</summary>
    public int Pages { get; set; }

    /// <summary>Whether a silence raised it: then its agent is a parent too.</summary>
    public bool BySilence { get; private set; }

    public long EndOr(long to) => End ?? to;

    /// <summary>Cuts a log into episodes.</summary>
    public static IEnumerable<AlertEpisode> Of(ReplayLog log, SeriesKey series, RuleVariant variant)
    {
        AlertEpisode? open = null;
        foreach (var (time, step) in log.Steps)
        {
            open ??= step.Page == PageKind.Firing ? new AlertEpisode { Series = series, Variant = variant, Start = time } : null;
            if (open is not null && open.Take(time, step))
            {
                yield return open;
                open = null;
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    /// <returns>Whether it is over.</returns>
    private bool Take(long time, Step step)
    {
        Peak = step.To > Peak ? step.To : Peak;
        Flapped |= step.Reason == StepReason.FlappingStarted;
        WasStale |= step.Reason == StepReason.BecameStale;
        BySilence |= step.Reason is StepReason.Silent or StepReason.SilentLonger;
        switch (step.Page)
        {
            case PageKind.Firing:
                Asked.Add(time);
                return false;
            case PageKind.Resolved:
                End = time;
                return true;
            default:
                return false;
        }
    }
}
