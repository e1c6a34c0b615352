using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Language;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Evaluates group rules on each look at the clock: what they count comes from the shards, what they aggregate is read from the store every ten seconds.
/// The sample time of a group is the clock's. Used by the shard that finishes a piece of work last: one at a time.
/// </summary>
internal sealed class GroupEvaluator(RuleSet set, TimeSeriesStore store) : IDisposable
{
    private const long AggregateEvery = 10L * 1_000_000_000;

    /// <summary>Values older than this are not part of an aggregate: their series has stopped.</summary>
    private const long NewestValues = 5L * 60 * 1_000_000_000;

    private readonly Dictionary<AlertKey, GroupState> _states = [];
    private readonly ConditionFrame _frame = new();
    private SeriesHistory? _history;
    private long _aggregated;

    public void Evaluate(EvaluationWork work, EvaluationOutcome outcome)
    {
        if (set.Groups.Count == 0)
        {
            return;
        }

        foreach (var group in Totals(work))
        {
            Evaluate(group.Key.Rule, group.Key.Group, group.Value.Firing, group.Value.Total, double.NaN, work.Now, outcome);
        }

        if (work.Clock - _aggregated >= AggregateEvery)
        {
            _aggregated = work.Clock;
            foreach (var rule in set.Groups.Where(rule => rule.Group!.Function != GroupFunction.Count))
            {
                Aggregate(rule, work.Now, outcome);
            }
        }
    }

    public IEnumerable<KeyValuePair<AlertKey, AlertState>> States() => _states.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.State));

    /// <summary>Puts a state back; false when it is none of a group rule.</summary>
    public bool Restore(AlertKey key, AlertState state)
    {
        if (set.Find(key.Rule) is not { Group: not null } rule || !rule.Common.Enabled)
        {
            return false;
        }

        _states[key] = new GroupState(state);
        return true;
    }

    public void Dispose() => _history?.Dispose();

    private static Dictionary<(Rule Rule, SeriesKey Group), (int Total, int Firing)> Totals(EvaluationWork work)
    {
        var totals = new Dictionary<(Rule Rule, SeriesKey Group), (int Total, int Firing)>();
        foreach (var (key, count) in work.Groups.OfType<GroupCounts>().SelectMany(counts => counts.All))
        {
            var (total, firing) = totals.GetValueOrDefault(key);
            totals[key] = (total + count.Total, firing + count.Firing);
        }

        return totals;
    }

    private void Aggregate(Rule rule, long now, EvaluationOutcome outcome)
    {
        _history ??= new SeriesHistory(store);
        var group = rule.Group!;
        var values = new Dictionary<SeriesKey, List<double>>();
        foreach (var series in store.Index.Find(group.Measurement))
        {
            if (GroupCounts.KeyOf(rule, series.Key) is not { } key || _history.Last(series, series.FindField(group.Field), now - NewestValues) is not (var value and not double.NaN))
            {
                continue;
            }

            if (!values.TryGetValue(key, out var list))
            {
                values.Add(key, list = []);
            }

            list.Add(value);
        }

        foreach (var (key, list) in values)
        {
            Evaluate(rule, key, double.NaN, list.Count, Apply(group.Function, list), now, outcome);
        }
    }

    private static double Apply(GroupFunction function, List<double> values) => function switch
    {
        GroupFunction.Sum => values.Sum(),
        GroupFunction.Avg => values.Average(),
        GroupFunction.Min => values.Min(),
        _ => values.Max(),
    };

    private void Evaluate(Rule rule, SeriesKey group, double count, double total, double value, long now, EvaluationOutcome outcome)
    {
        var variant = rule.Common;
        Fill(variant, count, total, value);
        var warning = variant.Warning?.Evaluate(_frame) ?? Truth.Unknown;
        var critical = variant.Critical?.Evaluate(_frame) ?? Truth.Unknown;
        var key = new AlertKey(rule.Name, group.ToString());
        if (!_states.TryGetValue(key, out var known))
        {
            if (warning != Truth.True && critical != Truth.True)
            {
                return;
            }

            _states.Add(key, known = new GroupState(new AlertState()));
        }

        var state = known.State;
        var sample = new Observation(now, warning, Clear(variant.WarningClear, warning), critical, Clear(variant.CriticalClear, critical));
        var step = AlertStateMachine.Observe(variant.Policy, state, sample);
        if (step.IsTransition)
        {
            var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal)
            {
                ["count"] = FieldValue.Of(count),
                ["total"] = FieldValue.Of(total),
                ["value"] = FieldValue.Of(value),
            };
            outcome.Transitions.Add(TransitionWriter.Write(variant, group, state, step, new TransitionContext(now, _frame, fields.Where(field => !double.IsNaN(field.Value.Float))), false));
        }

        Note(key, group, known, outcome);
    }

    /// <summary>Group states are few: each change is written at once, and told to those who depend on it.</summary>
    private void Note(AlertKey key, SeriesKey group, GroupState known, EvaluationOutcome outcome)
    {
        var state = known.State;
        var rest = state.IsAtRest;
        var text = rest ? "" : AlertStateText.Write(WithoutTime(state));
        if (text != known.Written)
        {
            known.Written = text;
            outcome.States.Add(new StateSnapshot(key, rest ? null : state.Copy()));
        }

        if (known.Told != state.Phase && set.ParentTags(key.Rule).ToArray() is { Length: > 0 } tags)
        {
            known.Told = state.Phase;
            outcome.Parents.Add(ParentNotes.Of(key.Rule, group, tags, state.Phase, evaluated: true));
        }

        if (rest)
        {
            _states.Remove(key);
        }
    }

    private static AlertState WithoutTime(AlertState state)
    {
        var copy = state.Copy();
        copy.LastSample = 0;
        return copy;
    }

    private Truth Clear(Condition? clear, Truth raised) =>
        clear is not null ? clear.Evaluate(_frame) : raised switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown };

    private void Fill(RuleVariant variant, double count, double total, double value)
    {
        var slots = variant.Slots;
        _frame.Clear(slots.Count);
        Set(slots.Find("count"), count);
        Set(slots.Find("total"), total);
        Set(slots.Find("value"), value);
    }

    private void Set(int slot, double number)
    {
        if (slot >= 0)
        {
            _frame.Values[slot] = number;
        }
    }

    private sealed class GroupState(AlertState state)
    {
        public AlertState State => state;

        /// <summary>The state as it was last handed to the log, without its time.</summary>
        public string Written { get; set; } = "";

        public AlertPhase? Told { get; set; }
    }
}
