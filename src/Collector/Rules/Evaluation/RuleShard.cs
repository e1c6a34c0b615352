using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Evaluates the series that fall to it. Owns their identities with states and windows, one frame, and the lists of what needs looking after: nothing
/// here is shared, work comes in one piece at a time.
/// </summary>
internal sealed partial class RuleShard(int number, TimeSeriesStore store, HostParents hosts) : IDisposable
{
    private readonly ConditionFrame _frame = new();
    private readonly SeriesHistory _history = new(store);

    /// <summary>Identities of which at least one rule is not at rest.</summary>
    private readonly HashSet<SeriesIdentity> _active = [];

    /// <summary>Identities whose silence raises something.</summary>
    private readonly List<SeriesIdentity> _watched = [];

    /// <summary>States that changed since the last checkpoint.</summary>
    private readonly HashSet<(SeriesIdentity Identity, int Rule)> _changed = [];

    private volatile bool _hasChanges;
    private long _samples;
    private long _evaluations;

    /// <summary>Samples looked at since the start. May be asked by other threads, as the two that follow.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>Rules evaluated on them.</summary>
    public long Evaluations => Interlocked.Read(ref _evaluations);

    /// <summary>Whether states changed since the last checkpoint.</summary>
    public bool HasChanges => _hasChanges;

    public void Run(EvaluationWork work)
    {
        switch (work.Kind)
        {
            case WorkKind.Batch:
                _baselinesLeft = BaselinesPerBatch;
                foreach (var (row, binding) in work.Rows[number].Items)
                {
                    Evaluate(work, work.Batch!.Rows[row], binding);
                }

                Interlocked.Add(ref _samples, work.Rows[number].Items.Length);
                break;
            case WorkKind.Sweep:
                Sweep(work);
                break;
            case WorkKind.Checkpoint:
                Checkpoint(work);
                break;
            case WorkKind.Forget:
                ForgetHost(work);
                break;
        }

        _hasChanges = _changed.Count > 0;
    }

    public void Dispose() => _history.Dispose();

    private void Evaluate(EvaluationWork work, in SampleRow row, SeriesBinding binding)
    {
        var identity = binding.Identity;
        if (identity.HasHistory || !identity.IsWatched)
        {
            Adopt(work, row, binding);
        }

        if (work.Replayed is null)
        {
            identity.Arrival = work.Clock;
        }

        if (row.Timestamp < identity.LastTime)
        {
            return;
        }

        var gap = identity.Advance(row.Timestamp);
        _frame.Fill(work.Batch!, row, binding.Map, identity.Bound.Slots);
        _frame.Feed(identity);
        RefreshBaselines(binding, row.Timestamp);
        var variants = identity.Bound.Variants;
        for (var rule = 0; rule < variants.Length; rule++)
        {
            if (!identity.WasEvaluated(rule))
            {
                _evaluations++;
                Evaluate(work, row, identity, rule, variants[rule], gap);
            }
        }
    }

    private void Evaluate(EvaluationWork work, in SampleRow row, SeriesIdentity identity, int rule, RuleVariant variant, long gap)
    {
        var warning = variant.Warning?.Evaluate(_frame) ?? Truth.Unknown;
        var critical = variant.Critical?.Evaluate(_frame) ?? Truth.Unknown;
        if (rule == identity.Bound.HostDown && (warning != Truth.Unknown || critical != Truth.Unknown))
        {
            (identity.HostClock ??= hosts.ClockOf(identity.Key.FindTag("host") ?? "")).Note(row.Timestamp);
        }

        var state = identity.State(rule);
        if (state is null && warning != Truth.True && critical != Truth.True)
        {
            if (warning != Truth.Unknown || critical != Truth.Unknown || !variant.Policy.HasConditions)
            {
                identity.NoteEvaluated(rule);
                TellParent(work, identity, rule, AlertPhase.Inactive);
            }

            return;
        }

        var sample = variant.Observe(_frame, warning, critical, gap);
        if (sample.IsKnown || !variant.Policy.HasConditions)
        {
            identity.NoteEvaluated(rule);
        }

        state ??= Activate(identity, rule);
        var step = AlertStateMachine.Observe(variant.Policy, state, sample);
        if (sample.Raises && step.Reason == StepReason.Unchanged && (variant.DependsOn.Count > 0 || rule == identity.Bound.HostDown))
        {
            work.Outcome(number).StillRaised.Add(new AlertKey(variant.Rule, identity.Key.ToString()));
        }

        if (step.IsTransition)
        {
            var context = new TransitionContext(row.Timestamp, _frame, Fields(work.Batch!, row));
            Note(work, identity, rule, state, step, context);
        }

        Settle(work, identity, rule, state, step);
    }

    private AlertState Activate(SeriesIdentity identity, int rule)
    {
        var state = new AlertState();
        identity.SetState(rule, state);
        _active.Add(identity);
        return state;
    }

    private void Note(EvaluationWork work, SeriesIdentity identity, int rule, AlertState state, Step step, in TransitionContext context)
    {
        var outcome = work.Outcome(number);
        outcome.Transitions.Add(TransitionWriter.Write(
            identity.Bound.Variants[rule], identity.Key, state, step, context, identity.Bound.SilenceDependsOnAgent));

        // Also one that came to rest is kept until the next checkpoint: should this batch be evaluated again, its time tells that it was.
        outcome.States.Add(new StateSnapshot(outcome.Transitions[^1].Key, state.Copy()));
        _changed.Remove((identity, rule));
    }

    /// <summary>Drops a state that came to rest, notes one that changed, and tells those who depend on it.</summary>
    private void Settle(EvaluationWork work, SeriesIdentity identity, int rule, AlertState state, Step step)
    {
        if (step.Reason is StepReason.Unknown or StepReason.OlderSample or StepReason.SameSample)
        {
            return;
        }

        TellParent(work, identity, rule, state.Phase);
        if (state.IsAtRest)
        {
            identity.SetState(rule, null);
            _changed.Add((identity, rule));
            if (identity.States is null)
            {
                _active.Remove(identity);
            }
        }
        else if (!step.IsTransition && state.Moved)
        {
            _changed.Add((identity, rule));
        }
    }

    private void TellParent(EvaluationWork work, SeriesIdentity identity, int rule, AlertPhase phase)
    {
        var tags = identity.Bound.ParentTags[rule];
        if (tags.Length == 0 || identity.Told?[rule] == phase)
        {
            return;
        }

        identity.Told ??= new AlertPhase?[identity.Bound.Variants.Length];
        identity.Told[rule] = phase;
        work.Outcome(number).Parents.Add(ParentNotes.Of(identity, rule, phase, evaluated: true));
    }

    private void Checkpoint(EvaluationWork work)
    {
        var outcome = work.Outcome(number);
        _changed.RemoveWhere(changed =>
        {
            var (identity, rule) = changed;
            var state = identity.State(rule);
            if (state is null && work.KeepsResting)
            {
                return false;
            }

            outcome.States.Add(new StateSnapshot(new AlertKey(identity.Bound.Variants[rule].Rule, identity.Key.ToString()), state?.Copy()));
            return true;
        });
    }

    private static Dictionary<string, FieldValue> Fields(SampleBatch batch, in SampleRow row)
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (ref readonly var value in batch.Values(row))
        {
            fields[row.Series.Fields[value.Field].Name] = batch.Value(value);
        }

        return fields;
    }
}
