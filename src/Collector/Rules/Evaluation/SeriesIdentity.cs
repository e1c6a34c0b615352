using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Windows;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// What is remembered of a series between samples: its newest time, its windows and the states of its rules. Series that differ only in tags that
/// carry state share one. Made by the binder, from then on owned by its shard. Most series are at rest and have neither states nor windows.
/// </summary>
internal sealed class SeriesIdentity(BoundRules bound, Series series)
{
    private const long LongestInterval = 365L * 86_400 * 1_000_000_000;

    private SeriesKey? _key;
    private ulong _evaluated;
    private ulong[]? _evaluatedMore;

    public BoundRules Bound { get; } = bound;

    /// <summary>The series it was made for; of several that share it the first, and when the store forgets that one the next to come.</summary>
    public Series Series { get; set; } = series;

    /// <summary>Measurement and tags without those that carry state.</summary>
    public SeriesKey Key => _key ??= KeyOf(Series.Key, Bound.VolatileTags);

    /// <summary>The newest sample's time.</summary>
    public long LastTime { get; set; } = AlertState.NoSample;

    /// <summary>When the last sample arrived, or from when on one is waited for, on the monotonic clock in nanoseconds.</summary>
    public long Arrival { get; set; }

    /// <summary>How far apart samples usually are; 0 before there were two.</summary>
    public long Interval { get; set; }

    /// <summary>By rule; null as a whole and in part for what is at rest.</summary>
    public AlertState?[]? States { get; private set; }

    /// <summary>By window number; null when no rule of the series reads one.</summary>
    public SeriesWindow?[]? Windows { get; set; }

    /// <summary>By rule: what others that depend on it were last told; null when none do or nothing was told.</summary>
    public AlertPhase?[]? Told { get; set; }

    /// <summary>Where it is noted that its host was looked at; null before the first time, and for a series that does not say whether a host answers.</summary>
    public HostClock? HostClock { get; set; }

    /// <summary>Whether the store may know samples from before this object was made.</summary>
    public bool HasHistory { get; set; }

    /// <summary>Whether its shard looks at its silence.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Makes the windows that its rules read, unless it has them or they read none.</summary>
    public void MakeWindows()
    {
        if (Bound.Windows.Length == 0 || Windows is not null)
        {
            return;
        }

        var specs = Bound.Slots.Windows;
        Windows = new SeriesWindow?[specs.Count];
        foreach (var index in Bound.Windows)
        {
            Windows[index] = specs[index].Create();
        }
    }

    public AlertState? State(int rule) => States?[rule];

    public void SetState(int rule, AlertState? state)
    {
        if (state is not null)
        {
            States ??= new AlertState?[Bound.Variants.Length];
            States[rule] = state;
        }
        else if (States is not null)
        {
            States[rule] = null;
            States = Array.TrueForAll(States, one => one is null) ? null : States;
        }
    }

    /// <summary>
    /// Takes the time of a sample that is not older than the newest. True when the series was silent for far longer than usual before it: longer than
    /// both the rule's limit, which the caller compares, and four intervals; that long silence is returned.
    /// </summary>
    public long Advance(long time)
    {
        if (time == LastTime)
        {
            return 0;
        }

        var gap = LastTime == AlertState.NoSample ? 0 : Math.Min(time - LastTime, LongestInterval);
        var unusual = Interval > 0 && gap > 4 * Interval ? gap : 0;

        // The interval follows longer pauses slowly and forgets them slowly, so that quick confirmations do not make the next regular sample look late.
        Interval = unusual > 0 ? Math.Min(gap, 2 * Interval) : Math.Max(gap, Interval - (Interval / 8));
        LastTime = time;
        _evaluated = 0;
        _evaluatedMore?.AsSpan().Clear();
        return unusual;
    }

    /// <summary>Whether a rule has judged the sample of <see cref="LastTime"/>; another line with the same time may bring the fields of other rules.</summary>
    public bool WasEvaluated(int rule) =>
        rule < 64 ? (_evaluated & (1UL << rule)) != 0 : _evaluatedMore is not null && (_evaluatedMore[(rule / 64) - 1] & (1UL << rule)) != 0;

    public void NoteEvaluated(int rule)
    {
        if (rule < 64)
        {
            _evaluated |= 1UL << rule;
        }
        else
        {
            _evaluatedMore ??= new ulong[(Bound.Variants.Length - 1) / 64];
            _evaluatedMore[(rule / 64) - 1] |= 1UL << rule;
        }
    }

    public static SeriesKey KeyOf(SeriesKey key, IReadOnlyList<string> volatileTags) =>
        IsVolatile(key, volatileTags) ? new SeriesKey(key.Measurement, key.Tags.Where(tag => !volatileTags.Contains(tag.Key))) : key;

    public static bool IsVolatile(SeriesKey key, IReadOnlyList<string> volatileTags)
    {
        foreach (var tag in key.Tags)
        {
            if (volatileTags.Contains(tag.Key))
            {
                return true;
            }
        }

        return false;
    }
}
