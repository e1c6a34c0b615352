namespace NocMonitor.Collector.Alerts;

/// <summary>Why the state machine did what it did.</summary>
internal enum StepReason : byte
{
    /// <summary>The sample says nothing about the rule.</summary>
    Unknown,

    /// <summary>The sample is older than the newest one.</summary>
    OlderSample,

    /// <summary>This sample was taken before.</summary>
    SameSample,

    /// <summary>Nothing raised, nothing to clear.</summary>
    AtRest,

    /// <summary>Raised, but not for long enough.</summary>
    Pending,

    /// <summary>Firing as before.</summary>
    Unchanged,

    /// <summary>The condition held long enough.</summary>
    Raised,

    /// <summary>The critical condition held long enough while a warning was firing.</summary>
    Escalated,

    /// <summary>The critical condition cleared, the warning goes on.</summary>
    Deescalated,

    /// <summary>The clear condition held long enough.</summary>
    Cleared,

    /// <summary>No sample for as long as the rule's no-data policy says.</summary>
    Silent,

    /// <summary>Still no sample, for as long as the policy says for critical.</summary>
    SilentLonger,

    /// <summary>No samples come; what was firing is not known any more.</summary>
    BecameStale,

    /// <summary>Samples come again.</summary>
    DataReturned,

    /// <summary>Changed too often; from here on changes are recorded and not paged.</summary>
    FlappingStarted,

    /// <summary>A change of a flapping alert.</summary>
    ChangedWhileFlapping,

    /// <summary>Calm for long enough.</summary>
    FlappingEnded,

    /// <summary>A firing alert met the next step of its rule.</summary>
    StepMet,

    /// <summary>The rule was removed or disabled, or no longer applies to the series.</summary>
    RuleRemoved,

    /// <summary>Nothing was heard of an event for as long as the rule lets it live.</summary>
    Expired,

    /// <summary>Its host was taken out of the watch by a person.</summary>
    Forgotten,
}

/// <summary>What people are told.</summary>
internal enum PageKind : byte
{
    None,
    Firing,
    Resolved,
}

/// <summary>What one sample or one look at the clock did.</summary>
internal readonly record struct Step(StepReason Reason, Severity From = Severity.None, Severity To = Severity.None)
{
    /// <summary>Whether this is a transition: recorded, on the timeline, and a point in the store.</summary>
    public bool IsTransition => Reason >= StepReason.Raised;

    public PageKind Page => Reason switch
    {
        StepReason.Raised or StepReason.Escalated or StepReason.Silent or StepReason.SilentLonger => PageKind.Firing,
        StepReason.FlappingStarted or StepReason.StepMet => PageKind.Firing,
        StepReason.Cleared or StepReason.RuleRemoved or StepReason.Expired or StepReason.Forgotten => PageKind.Resolved,
        StepReason.FlappingEnded => To == Severity.None ? PageKind.Resolved : PageKind.Firing,
        _ => PageKind.None,
    };
}
