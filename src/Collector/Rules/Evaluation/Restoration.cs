using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Puts a new set of rules to work before its first sample: states go back to the series they belong to, alerts whose rule is gone resolve, series that
/// must not fall silent are watched, and the log learns which parents to expect. Runs while the shards stand still.
/// </summary>
internal sealed class Restoration(
    SeriesBinder binder, IReadOnlyList<RuleShard> shards, GroupEvaluator groups, TimeSeriesStore store, IReadOnlyDictionary<string, long> forgotten, long now)
{
    private const long Hour = 3_600L * 1_000_000_000;

    /// <summary>A series that was last heard of longer ago is not waited for: its host was taken out of service.</summary>
    private const long RememberSilent = 24 * Hour;

    /// <summary>A parent that was last heard of longer ago does not hold anybody's page.</summary>
    private const long RememberParent = Hour;

    private readonly EvaluationOutcome _outcome = new() { ForgetsParents = true };

    public EvaluationOutcome Run(IEnumerable<KeyValuePair<AlertKey, AlertState>> states)
    {
        foreach (var (key, state) in states)
        {
            if (Find(key) is var (binding, rule))
            {
                Restore(binding, rule, state);
            }
            else if (!groups.Restore(key, state))
            {
                Remove(key, state);
            }
        }

        using var history = new SeriesHistory(store);
        foreach (var measurement in binder.Set.Measurements)
        {
            Expect(measurement, history);
        }

        return _outcome;
    }

    private void Restore(SeriesBinding binding, int rule, AlertState state)
    {
        shards[binding.Shard].Restore(binding.Identity, rule, state);
        if (binding.Identity.Bound.ParentTags[rule].Length > 0)
        {
            _outcome.Parents.Add(ParentNotes.Of(binding.Identity, rule, state.Phase, evaluated: false));
        }
    }

    private void Remove(AlertKey key, AlertState state)
    {
        var step = AlertStateMachine.Remove(state);
        _outcome.States.Add(new StateSnapshot(key, null));
        if (step.IsTransition)
        {
            _outcome.Transitions.Add(RemovedAlert.Transition(key, step, now));
        }
    }

    /// <summary>The series of an alert, bound, and the rule's place among those that apply to it; null when the rule does not apply any more.</summary>
    private (SeriesBinding Binding, int Rule)? Find(AlertKey key)
    {
        var series = SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(key.Series));
        TagMatcher[] matchers = [.. series.Tags.Select(tag => TagMatcher.Equal(tag.Key, tag.Value))];
        foreach (var candidate in store.Index.Find(series.Measurement, matchers))
        {
            if (SeriesIdentity.KeyOf(candidate.Key, binder.Set.VolatileTags).Equals(series) && binder.Bind(candidate) is { Shard: >= 0 } binding)
            {
                var rule = Array.FindIndex(binding.Identity.Bound.Variants, variant => variant.Rule == key.Rule);
                return rule < 0 ? null : (binding, rule);
            }
        }

        return null;
    }

    private void Expect(MeasurementRules rules, SeriesHistory history)
    {
        var watches = rules.Rules.Any(rule => rule.Variants.Any(variant => variant.Policy.WatchesSilence));
        var counted = binder.Set.Groups.Any(group => rules.Rules.Any(rule => rule.Name == group.Group!.Subject));
        var hasParents = rules.Rules.Any(rule => binder.Set.ParentTags(rule.Name).Any());
        if (!watches && !counted && !hasParents)
        {
            return;
        }

        foreach (var series in store.Index.Find(rules.Measurement))
        {
            if (binder.Bind(series) is not { Shard: >= 0 } binding)
            {
                continue;
            }

            if ((binding.Identity.Bound.WatchesSilence || binding.Identity.Bound.Groups.Length > 0) && history.HasSince(series, Since(series, now - RememberSilent)))
            {
                shards[binding.Shard].Watch(binding.Identity);
            }

            if (hasParents && binding.Identity.Bound.ParentTags.Any(tags => tags.Length > 0) && history.HasSince(series, Since(series, now - RememberParent)))
            {
                ExpectParents(binding.Identity);
            }
        }
    }

    /// <summary>What was heard of a host before a person took it out of the watch does not count.</summary>
    private long Since(Series series, long since)
    {
        if (forgotten.Count == 0)
        {
            return since;
        }

        foreach (var tag in series.Key.Tags)
        {
            if (tag.Key is "host" or "agent" && forgotten.TryGetValue(tag.Value, out var at))
            {
                since = Math.Max(since, at + 1);
            }
        }

        return since;
    }

    private void ExpectParents(SeriesIdentity identity)
    {
        for (var rule = 0; rule < identity.Bound.Variants.Length; rule++)
        {
            if (identity.Bound.ParentTags[rule].Length > 0 && identity.State(rule) is null)
            {
                _outcome.Parents.Add(ParentNotes.Of(identity, rule, AlertPhase.Inactive, evaluated: false));
            }
        }
    }
}
