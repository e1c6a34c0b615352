using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Looking at the clock, and what comes and goes with a set of rules.</summary>
internal sealed partial class RuleShard
{
    /// <summary>So many intervals without a sample are more than a late one.</summary>
    private const int StaleIntervals = 3;

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

        // One at rest only tells what it has seen; whether its series is waited for is for the store to say.
        if (!state.IsAtRest)
        {
            Watch(identity);
        }
    }

    /// <summary>States that came to rest since the last checkpoint and are still on disk.</summary>
    public IEnumerable<AlertKey> Rested() => _changed.Where(changed => changed.Identity.State(changed.Rule) is null)
        .Select(changed => new AlertKey(changed.Identity.Bound.Variants[changed.Rule].Rule, changed.Identity.Key.ToString()));

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

    private void Sweep(EvaluationWork work)
    {
        Release(work.Released);
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
            if (variant.Policy.WatchesSilence == silenceOnly && (identity.State(rule) is not null || (silenceOnly && silence >= variant.Policy.SilenceToPend && !variant.Policy.IsOver(silence))))
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
}
