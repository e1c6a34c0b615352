using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Looking at the clock, and taking over series that were known before.</summary>
internal sealed partial class RuleShard
{
    /// <summary>So many intervals without a sample are more than a late one.</summary>
    private const int StaleIntervals = 3;

    /// <summary>How many baselines are read from the store for one batch: the others keep last hour's until their turn.</summary>
    private const int BaselinesPerBatch = 20;

    private int _baselinesLeft;
    private (long Last, Dictionary<int, HashSet<long>> Times) _onTheWay = (-1, []);

    /// <summary>When the engine was started, in nanoseconds since 1970.</summary>
    public long StartedAt { get; set; }
    private GroupCounts _groupTotals = new();

    /// <summary>Begins to look after a series from now on, without waiting for its first sample.</summary>
    public void Watch(SeriesIdentity identity)
    {
        if (!identity.IsWatched)
        {
            identity.IsWatched = true;
            if (identity.Bound.WatchesSilence)
            {
                _watched.Add(identity);
            }

            foreach (var group in identity.Bound.Groups)
            {
                _groupTotals.Add(group, identity.Key);
            }
        }
    }

    /// <summary>Puts a state back that was kept over a restart or a reload.</summary>
    public void Restore(SeriesIdentity identity, int rule, AlertState state)
    {
        identity.SetState(rule, state);
        _active.Add(identity);
        Watch(identity);
    }

    /// <summary>All states there are, for the set of rules that follows.</summary>
    public IEnumerable<KeyValuePair<AlertKey, AlertState>> States() =>
        from identity in _active
        from rule in Enumerable.Range(0, identity.Bound.Variants.Length)
        let state = identity.State(rule)
        where state is not null
        select KeyValuePair.Create(new AlertKey(identity.Bound.Variants[rule].Rule, identity.Key.ToString()), state);

    /// <summary>Lets go of everything that belonged to the rules before.</summary>
    public void Forget()
    {
        _active.Clear();
        _watched.Clear();
        _changed.Clear();
        _groupTotals = new GroupCounts();
    }

    /// <summary>What group rules count among this shard's series.</summary>
    private GroupCounts CountGroups()
    {
        var counts = _groupTotals.WithoutFiring();
        foreach (var identity in _active.Where(identity => identity.Bound.Groups.Length > 0))
        {
            foreach (var group in identity.Bound.Groups)
            {
                var rule = Array.FindIndex(identity.Bound.Variants, variant => variant.Rule == group.Group!.Subject);
                if (identity.State(rule)?.Phase == AlertPhase.Firing)
                {
                    counts.AddFiring(group, identity.Key);
                }
            }
        }

        return counts;
    }

    /// <summary>The first sample of a series: windows and newest time come back from the store when it knew the series before.</summary>
    private void Adopt(EvaluationWork work, in SampleRow row, SeriesBinding binding)
    {
        var identity = binding.Identity;
        Watch(identity);
        if (identity.Bound.Windows.Length > 0 && identity.Windows is null)
        {
            var specs = identity.Bound.Slots.Windows;
            identity.Windows = new Windows.SeriesWindow?[specs.Count];
            foreach (var index in identity.Bound.Windows)
            {
                identity.Windows[index] = specs[index].Create();
            }
        }

        if (!identity.HasHistory)
        {
            return;
        }

        identity.HasHistory = false;
        if (identity.Windows is not null)
        {
            _history.FillWindows(identity, binding.Map, row.Timestamp);
        }

        if (identity.LastTime == AlertState.NoSample)
        {
            identity.LastTime = NewestBefore(work, row.Series);
        }
    }

    /// <summary>
    /// The newest time that was seen before the samples in hand: what the store has beyond them. Not what lies after the start, nor what was committed a moment ago
    /// and is still on its way to here: that is newer, and its turn comes.
    /// </summary>
    private long NewestBefore(EvaluationWork work, Series series)
    {
        if (work.Replayed is { } replayed)
        {
            return _history.NewestAfter(series, replayed.GetValueOrDefault(series.Id, long.MinValue), static _ => true) ?? AlertState.NoSample;
        }

        var horizon = long.MinValue;
        foreach (var (index, _) in work.Rows[number].Items)
        {
            ref readonly var other = ref work.Batch!.Rows[index];
            horizon = ReferenceEquals(other.Series, series) ? Math.Max(horizon, other.Timestamp) : horizon;
        }

        // Mostly nothing is newer, and then the log need not be asked.
        return _history.NewestAfter(series, horizon, time => time <= StartedAt && !OnTheWay(work.Batch!.Sequence, series.Id, time)) ?? AlertState.NoSample;
    }

    private bool OnTheWay(long sequence, int series, long time)
    {
        if (IsKnownOnTheWay(series, time))
        {
            return true;
        }

        var last = store.LastSequence;
        if (_onTheWay.Last == last)
        {
            return false;
        }

        _onTheWay = (last, _history.TimesOnTheWay(sequence));
        return IsKnownOnTheWay(series, time);
    }

    private bool IsKnownOnTheWay(int series, long time) => _onTheWay.Times.TryGetValue(series, out var times) && times.Contains(time);

    private void Sweep(EvaluationWork work)
    {
        foreach (var identity in _watched)
        {
            Listen(work, identity, silenceOnly: true);
        }

        // Listening can bring a state to rest and its identity out of the set.
        foreach (var identity in _active.ToArray())
        {
            Listen(work, identity, silenceOnly: false);
        }

        work.Groups[number] = CountGroups();
    }

    private void Listen(EvaluationWork work, SeriesIdentity identity, bool silenceOnly)
    {
        var silence = Math.Max(0, work.Clock - identity.Arrival);
        var variants = identity.Bound.Variants;
        for (var rule = 0; rule < variants.Length; rule++)
        {
            var variant = variants[rule];
            if (variant.Policy.WatchesSilence == silenceOnly && (identity.State(rule) is not null || (silenceOnly && silence >= variant.Policy.SilenceToPend)))
            {
                Listen(work, identity, rule, variant, silence);
            }
        }
    }

    private void Listen(EvaluationWork work, SeriesIdentity identity, int rule, RuleVariant variant, long silence)
    {
        var state = identity.State(rule) ?? Activate(identity, rule);
        if (state.LastSample == AlertState.NoSample)
        {
            state.LastSample = identity.LastTime;
        }

        var stale = silence > variant.StaleAfter && silence > StaleIntervals * identity.Interval;
        var step = AlertStateMachine.Listen(variant.Policy, state, silence, stale);
        if (step.IsTransition)
        {
            Note(work, identity, rule, state, step, new TransitionContext(work.Now, null, [], silence / 1e9));
        }

        if (step.IsTransition || step.Reason != StepReason.Unchanged)
        {
            Settle(work, identity, rule, state, step);
        }
    }

    private void RefreshBaselines(SeriesBinding binding, long time)
    {
        if (binding.Identity.Windows is not { } windows)
        {
            return;
        }

        foreach (var window in windows)
        {
            if (window is Windows.BaselineWindow baseline && baseline.IsDue(time))
            {
                Refresh(binding, baseline, Array.IndexOf(windows, window), time);
            }
        }
    }

    private void Refresh(SeriesBinding binding, Windows.BaselineWindow baseline, int index, long time)
    {
        // A new hour makes all of them due at once; a batch must not wait for all of them.
        if (_baselinesLeft > 0)
        {
            _baselinesLeft--;
            var field = binding.Map.FieldOf(binding.Identity.Bound.Slots.Windows[index].Slot);
            baseline.Load(time, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_history.SameHours(binding.Identity.Series, field, time)));
        }
    }
}
