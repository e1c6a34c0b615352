namespace NocMonitor.Collector.Alerts;

/// <summary>
/// The life of an alert: inactive, pending, firing, resolved; and beside it stale and flapping. Pure: no clock, no I/O, everything it needs is in
/// its arguments. Holds run on sample time, silence is a length that the caller took from the clock; the two never meet in one comparison.
/// </summary>
internal static class AlertStateMachine
{
    /// <summary>Takes one sample.</summary>
    public static Step Observe(AlertPolicy policy, AlertState state, in Observation sample)
    {
        if (policy.HasConditions && !sample.IsKnown)
        {
            return new Step(StepReason.Unknown, state.Severity, state.Severity);
        }

        if (sample.Time <= state.LastSample)
        {
            return new Step(sample.Time < state.LastSample ? StepReason.OlderSample : StepReason.SameSample, state.Severity, state.Severity);
        }

        state.LastSample = sample.Time;
        var returned = state.Stale;
        var before = (state.Warning, state.Critical, state.ReturnedRun, state.SilencePending);
        state.Stale = false;
        ObserveLatches(policy, state, sample);
        ObserveReturn(policy, state, sample);
        state.Moved = before != (state.Warning, state.Critical, state.ReturnedRun, state.SilencePending);
        var step = Settle(policy, state, sample.Time, StepReason.Raised, StepReason.Escalated);
        if (step.IsTransition)
        {
            MeetSteps(policy, state, sample.StepValue);
            return step;
        }

        return EndFlapping(policy, state, sample.Time) ?? MeetStep(policy, state, sample.StepValue)
            ?? (returned ? step with { Reason = StepReason.DataReturned } : step);
    }

    /// <summary>Looks at the silence since the last sample arrived.</summary>
    /// <param name="silence">Nanoseconds on the clock.</param>
    /// <param name="stale">Whether that is longer than the series usually takes.</param>
    public static Step Listen(AlertPolicy policy, AlertState state, long silence, bool stale)
    {
        if (policy.IsOver(silence))
        {
            return Remove(state, StepReason.Expired);
        }

        var before = (state.SilencePending, state.ReturnedRun);
        state.SilencePending = policy.WatchesSilence && silence >= policy.SilenceToPend;
        var severity = policy.SeverityOfSilence(silence);
        if (severity != Severity.None)
        {
            state.ReturnedRun = 0;
            state.Silence = severity > state.Silence ? severity : state.Silence;
        }

        state.Moved = before != (state.SilencePending, state.ReturnedRun);

        // In sample time the silence ends where the last sample plus its length is; the clock of another machine may differ.
        var step = Settle(policy, state, state.LastSample + silence, StepReason.Silent, StepReason.SilentLonger);
        if (step.IsTransition)
        {
            return step;
        }

        if (stale && policy.Lifetime == 0 && !state.Stale && state.Silence == Severity.None && state.Phase == AlertPhase.Firing)
        {
            state.Stale = true;
            return step with { Reason = StepReason.BecameStale };
        }

        return step;
    }

    /// <summary>Ends an alert for another reason than its samples: its rule is gone, its time is over. What it remembered is forgotten.</summary>
    public static Step Remove(AlertState state, StepReason reason = StepReason.RuleRemoved)
    {
        var from = state.Severity;
        var wasFiring = state.Phase == AlertPhase.Firing;
        (state.Severity, state.Silence, state.SilencePending) = (Severity.None, Severity.None, false);
        (state.Stale, state.Flapping, state.Changes) = (false, false, []);
        (state.Warning, state.Critical) = (default, default);
        return new Step(wasFiring ? reason : StepReason.AtRest, from, Severity.None);
    }

    private static void ObserveLatches(AlertPolicy policy, AlertState state, in Observation sample)
    {
        var (warning, critical) = (state.Warning, state.Critical);
        warning.Observe(sample.Time, sample.Warning, sample.WarningClear, policy.WarningFor, policy.ClearFor, sample.AfterGap);
        critical.Observe(sample.Time, sample.Critical, sample.CriticalClear, policy.CriticalFor, policy.ClearFor, sample.AfterGap);
        (state.Warning, state.Critical) = (warning, critical);
    }

    /// <summary>Enough samples end what silence raised.</summary>
    private static void ObserveReturn(AlertPolicy policy, AlertState state, in Observation sample)
    {
        state.SilencePending = false;
        if (state.Silence == Severity.None)
        {
            return;
        }

        if (state.ReturnedRun++ == 0)
        {
            state.ReturnedSince = sample.Time;
        }

        if (policy.ClearFor.IsMet(state.ReturnedSince, sample.Time, state.ReturnedRun))
        {
            (state.Silence, state.ReturnedRun) = (Severity.None, 0);
        }
    }

    /// <summary>Brings the reported severity up to what latches and silence say now.</summary>
    private static Step Settle(AlertPolicy policy, AlertState state, long time, StepReason raised, StepReason escalated)
    {
        var from = state.Severity;
        var to = Max(state.Critical.On ? Severity.Critical : state.Warning.On ? Severity.Warning : Severity.None, state.Silence);
        state.Severity = to;
        Forget(policy, state, time);
        if (from == to)
        {
            return new Step(to != Severity.None || state.Flapping ? StepReason.Unchanged : Quiet(state), from, to);
        }

        var flaps = NoteChange(policy, state, from, to, time);
        if (from == Severity.None)
        {
            state.Since = state.Critical.On ? state.Critical.Since : state.Warning.On ? state.Warning.Since : time;
        }

        if (state.Flapping)
        {
            return SettleFlapping(state, from, to, raised, escalated);
        }

        if (flaps)
        {
            (state.Flapping, state.FlappingPeak) = (true, Max(from, to));
            return new Step(StepReason.FlappingStarted, from, to);
        }

        return new Step(from == Severity.None ? raised : to == Severity.None ? StepReason.Cleared : to > from ? escalated : StepReason.Deescalated, from, to);
    }

    /// <summary>A flapping alert keeps still, unless it gets worse than anything that was told.</summary>
    private static Step SettleFlapping(AlertState state, Severity from, Severity to, StepReason raised, StepReason escalated)
    {
        if (to <= state.FlappingPeak)
        {
            return new Step(StepReason.ChangedWhileFlapping, from, to);
        }

        state.FlappingPeak = to;
        return new Step(from == Severity.None ? raised : escalated, from, to);
    }

    private static StepReason Quiet(AlertState state) => state.Phase == AlertPhase.Pending ? StepReason.Pending : StepReason.AtRest;

    /// <summary>Notes a change between inactive and firing; true when there were too many of them.</summary>
    private static bool NoteChange(AlertPolicy policy, AlertState state, Severity from, Severity to, long time)
    {
        if (policy.FlapChanges == 0 || (from != Severity.None && to != Severity.None))
        {
            return false;
        }

        IEnumerable<long> kept = state.Changes.Count < policy.FlapChanges ? state.Changes : state.Changes.Skip(1);
        state.Changes = [.. kept, time];
        return state.Changes.Count >= policy.FlapChanges && time - state.Changes[0] <= policy.FlapWithin;
    }

    private static void Forget(AlertPolicy policy, AlertState state, long time)
    {
        if (state.Changes.Count > 0 && !state.Flapping && time - state.Changes[^1] > policy.FlapWithin)
        {
            state.Changes = [];
        }
    }

    private static Step? EndFlapping(AlertPolicy policy, AlertState state, long time)
    {
        if (!state.Flapping || time - state.Changes[^1] < policy.FlapWithin / 2)
        {
            return null;
        }

        (state.Flapping, state.FlappingPeak, state.Changes) = (false, Severity.None, []);
        return new Step(StepReason.FlappingEnded, state.Severity, state.Severity);
    }

    private static Step? MeetStep(AlertPolicy policy, AlertState state, double value) =>
        MeetSteps(policy, state, value) ? new Step(StepReason.StepMet, state.Severity, state.Severity) : null;

    private static bool MeetSteps(AlertPolicy policy, AlertState state, double value)
    {
        if (policy.Steps.Count == 0)
        {
            return false;
        }

        var met = state.Severity == Severity.None ? 0 : Math.Max(state.StepsMet, policy.StepsMet(value));
        var more = met > state.StepsMet;
        state.StepsMet = met;
        return more && !state.Flapping;
    }

    private static Severity Max(Severity left, Severity right) => left > right ? left : right;
}
