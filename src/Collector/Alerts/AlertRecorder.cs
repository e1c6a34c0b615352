namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Applies outcomes to the open alerts and their rows inside one transaction: what is recorded, who is paged, who waits for a parent. Decides from
/// memory and writes through the tables it is given; belongs to the log's loop.
/// </summary>
internal sealed class AlertRecorder(AlertMemory memory, ParentIndex parents, IAlertRouter router, TimeSpan parentWait)
{
    /// <summary>Samples older than this prove the past: an import, or what an agent kept through a long outage. Their alert may be over in what follows them.</summary>
    private static readonly long OldNews = (long)TimeSpan.FromHours(24).TotalMilliseconds;

    private readonly long _parentWait = (long)parentWait.TotalMilliseconds;
    private readonly HashSet<AlertKey> _confirmed = [];

    private readonly List<RecordedTransition> _recorded = [];

    /// <summary>Rows added to the outbox since <see cref="Forget"/>.</summary>
    public int Paged { get; private set; }

    /// <summary>Transitions recorded since <see cref="Forget"/>.</summary>
    public IReadOnlyList<RecordedTransition> Recorded => _recorded;

    /// <summary>Begins a new transaction's account.</summary>
    public void Forget()
    {
        Paged = 0;
        _recorded.Clear();
    }

    public void Apply(EvaluationOutcome outcome, AlertTables tables, long now)
    {
        if (outcome.ForgetsParents)
        {
            parents.Clear();
        }

        // Parents first: a child of the same batch must find them as this batch left them.
        foreach (var note in outcome.Parents)
        {
            parents.Apply(note);
        }

        foreach (var transition in outcome.Transitions)
        {
            Record(transition, tables, now);
        }

        foreach (var snapshot in outcome.States)
        {
            tables.SaveState(snapshot);
        }

        _confirmed.Clear();
        _confirmed.UnionWith(outcome.StillRaised);
        DecideWaiting(tables, now);
    }

    public bool Acknowledge(long id, string who, string note, AlertTables tables, long now)
    {
        if (memory.Find(id) is not { } alert)
        {
            return false;
        }

        alert.Acknowledged = true;
        tables.UpdateAcknowledged(id, who, now);
        tables.AddEvent(id, now, "acknowledged", null, who, note);
        return true;
    }

    private void Record(AlertTransition transition, AlertTables tables, long now)
    {
        var time = AlertTables.Milliseconds(transition.Time);
        var alert = memory.Find(transition.Key) ?? Add(transition, tables, now);
        if (alert is null || alert.Last == (time, transition.Step.Reason))
        {
            return;
        }

        transition = transition.Summary.Length > 0 ? transition : tables.WithTextsOf(alert.Id, transition);
        alert.Last = (time, transition.Step.Reason);
        alert.DependsOn = transition.DependsOn;
        alert.Since = AlertTables.Milliseconds(transition.Since);
        Unacknowledge(alert, transition, tables, now);
        var resolves = transition.Step.Page == PageKind.Resolved;
        alert.Severity = transition.Step.To == Severity.None ? alert.Severity : transition.Step.To;
        tables.UpdateAlert(alert, transition, resolves, now);
        var told = transition.Step.Page == PageKind.Firing ? alert.Severity : transition.Step.To;
        var id = tables.AddTransition(alert.Id, transition, told, now);
        _recorded.Add(new RecordedTransition(alert.Id, id, transition));
        tables.AddEvent(alert.Id, now, AlertTables.Word(transition.Step.Reason), id, null, TransitionText.Of(transition));
        if (resolves)
        {
            Resolve(alert, id, tables, now);
        }
        else if (transition.Step.Page == PageKind.Firing)
        {
            (alert.PageTransition, alert.WaitsSince) = (id, now);
            Decide(alert, tables, now, isNew: true);
        }
    }

    /// <summary>The row of a transition that finds no open alert: the end of one that is not open is nothing to record.</summary>
    private OpenAlert? Add(AlertTransition transition, AlertTables tables, long now)
    {
        if (transition.Step.To == Severity.None && transition.Step.Page == PageKind.Resolved)
        {
            return null;
        }

        var alert = new OpenAlert
        {
            Id = tables.AddAlert(transition, now),
            Key = transition.Key,
            Labels = transition.Labels,
            Severity = transition.Step.To,
        };
        memory.Add(alert);
        return alert;
    }

    private static void Unacknowledge(OpenAlert alert, AlertTransition transition, AlertTables tables, long now)
    {
        if (alert.Acknowledged && transition.Step.To > alert.Severity)
        {
            alert.Acknowledged = false;
            tables.UpdateAcknowledged(alert.Id, null, null);
            tables.AddEvent(alert.Id, now, "unacknowledged", null, null, $"the alert became {AlertTables.Word(transition.Step.To)}");
        }
    }

    /// <summary>Whoever was told that it fires is told that it is over, whatever the routes say by now.</summary>
    private void Resolve(OpenAlert alert, long transition, AlertTables tables, long now)
    {
        foreach (var receiver in tables.ReceiversTold(alert.Id))
        {
            tables.AddOutbox(alert.Id, transition, receiver, AlertTables.Resolved, now);
            Paged++;
        }

        (alert.Page, alert.WaitsFor) = (PageState.None, "");
        tables.UpdatePage(alert);
        memory.Remove(alert);
    }

    private void DecideWaiting(AlertTables tables, long now)
    {
        foreach (var alert in memory.Waiting.ToArray())
        {
            Decide(alert, tables, now, isNew: false);
        }
    }

    private void Decide(OpenAlert alert, AlertTables tables, long now, bool isNew)
    {
        var waited = now - alert.WaitsSince >= _parentWait;
        var (state, parent) = parents.Decide(alert, mayHold: !waited);
        if (state == PageState.Suppressed)
        {
            alert.WaitsSince = now;
        }
        else if (alert.Page == PageState.Suppressed && !isNew && !waited && !_confirmed.Contains(alert.Key))
        {
            // The parent recovered a moment ago: whether the child still fires is for its next sample to say.
            return;
        }

        if (state == PageState.Paged && !waited && now - alert.Last.Time > OldNews)
        {
            (state, parent) = (PageState.Held, "");
        }

        if (state == PageState.Paged)
        {
            Page(alert, tables, now, isNew);
        }
        else if (state != alert.Page || parent != alert.WaitsFor || isNew)
        {
            (alert.Page, alert.WaitsFor) = (state, parent);
            tables.AddEvent(alert.Id, now, AlertTables.Word(state), alert.PageTransition, null, Reason(state, parent));
            tables.UpdatePage(alert);
            memory.NoteWaiting(alert);
        }
    }

    private static string Reason(PageState state, string parent) =>
        state == PageState.Suppressed ? $"not paged: {parent} fires"
        : parent.Length > 0 ? $"the page waits until {parent} is known"
        : "the page waits: it is old, and later samples may end it";

    private void Page(OpenAlert alert, AlertTables tables, long now, bool isNew)
    {
        var transition = alert.PageTransition!.Value;
        var receivers = router.Route(alert.Labels, alert.Severity);
        foreach (var receiver in receivers)
        {
            tables.AddOutbox(alert.Id, transition, receiver, AlertTables.Firing, now);
            Paged++;
        }

        if (!isNew)
        {
            tables.AddEvent(alert.Id, now, "released", transition, null, alert.WaitsFor.Length > 0 ? $"{alert.WaitsFor} does not fire: paged now" : "no later sample ended it: paged now");
        }

        (alert.Page, alert.WaitsFor) = (PageState.Paged, "");
        tables.UpdatePage(alert);
        memory.NoteWaiting(alert);
    }
}
