namespace NocMonitor.Collector.Alerts;

/// <summary>A state to be kept, or to be forgotten where it is null.</summary>
internal readonly record struct StateSnapshot(AlertKey Key, AlertState? State);

/// <summary>Where a rule that others depend on stands for one series.</summary>
/// <param name="Tags">The tags by which others depend on it, with this series' values.</param>
/// <param name="Evaluated">False for a series that is known from before the start and was not heard since.</param>
internal readonly record struct ParentNote(AlertKey Key, IReadOnlyList<KeyValuePair<string, string>> Tags, AlertPhase Phase, bool Evaluated);

/// <summary>What came of evaluating one batch, or of one look at the clock. Filled by the evaluator, then owned by the log.</summary>
internal sealed class EvaluationOutcome
{
    public List<AlertTransition> Transitions { get; } = [];

    public List<StateSnapshot> States { get; } = [];

    public List<ParentNote> Parents { get; } = [];

    /// <summary>Alerts of rules with dependencies whose condition held again in this batch.</summary>
    public List<AlertKey> StillRaised { get; } = [];

    /// <summary>The first outcome of a new set of rules: what was known of parents is to be forgotten.</summary>
    public bool ForgetsParents { get; set; }

    /// <summary>Nothing but the passing of time: looked at only while pages wait for a parent.</summary>
    public bool IsTick { get; set; }

    /// <summary>Up to this sequence of the store's log all batches entered before, and what they changed is in this outcome or was recorded before it; 0 for no checkpoint.</summary>
    public long Checkpoint { get; set; }

    public bool HasNews => Transitions.Count > 0 || States.Count > 0 || Parents.Count > 0 || StillRaised.Count > 0 || ForgetsParents || Checkpoint > 0;
}
