using NocMonitor.Collector.Alerts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Letting go of a host that a person took out of the watch.</summary>
internal sealed partial class RuleShard
{
    /// <summary>Whether a series is of a host: what was watched on it, and what its agent watched elsewhere.</summary>
    private static bool IsOf(SeriesKey key, string host) =>
        string.Equals(key.FindTag("host"), host, StringComparison.Ordinal) || string.Equals(key.FindTag("agent"), host, StringComparison.Ordinal);

    /// <summary>Ends the alerts of a host's series and stops waiting for them. A series that is heard of again begins as one that was never seen.</summary>
    private void ForgetHost(EvaluationWork work)
    {
        var identities = _active.Concat(_watched).Where(identity => IsOf(identity.Key, work.Host)).ToHashSet();
        foreach (var identity in identities)
        {
            for (var rule = 0; rule < identity.Bound.Variants.Length; rule++)
            {
                if (identity.State(rule) is { } state)
                {
                    End(work, identity, rule, state);
                }
            }

            Unwatch(identity);
        }

        _watched.RemoveAll(identities.Contains);
        work.AddForgotten(identities.Count);
    }

    /// <summary>Stops counting series that the store has forgotten. None of them has an alert: those are held.</summary>
    private void Release(IReadOnlyList<SeriesBinding> released)
    {
        var identities = released.Where(binding => binding.Shard == number && binding.Identity.States is null).Select(binding => binding.Identity).ToHashSet();
        if (identities.Count > 0)
        {
            foreach (var identity in identities)
            {
                Unwatch(identity);
            }

            _watched.RemoveAll(identities.Contains);
        }
    }

    private void End(EvaluationWork work, SeriesIdentity identity, int rule, AlertState state)
    {
        var step = AlertStateMachine.Remove(state, StepReason.Forgotten);
        if (step.IsTransition)
        {
            Note(work, identity, rule, state, step, new TransitionContext(work.Now, null, []));
        }

        Settle(work, identity, rule, state, step);
    }

    private void Unwatch(SeriesIdentity identity)
    {
        if (identity.IsWatched)
        {
            identity.IsWatched = false;
            foreach (var group in identity.Bound.Groups)
            {
                _groupTotals.Remove(group, identity.Key);
            }
        }
    }
}
