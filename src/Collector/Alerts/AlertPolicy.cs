namespace NocMonitor.Collector.Alerts;

/// <summary>What the state machine has to know of a rule: times and counts, not conditions. Times in nanoseconds. Immutable.</summary>
internal sealed record AlertPolicy
{
    /// <summary>Whether the rule judges samples at all; one that only waits for data does not.</summary>
    public bool HasConditions { get; init; } = true;

    /// <summary>How long the warning condition must hold; runs on sample time.</summary>
    public Hold WarningFor { get; init; } = Hold.OfSamples(1);

    /// <summary>How long the critical condition must hold; runs on sample time.</summary>
    public Hold CriticalFor { get; init; } = Hold.OfSamples(1);

    /// <summary>How long the clear condition must hold before an alert resolves; runs on sample time.</summary>
    public Hold ClearFor { get; init; } = Hold.OfSamples(2);

    /// <summary>Silence on the clock that raises a warning; 0 is never.</summary>
    public long NoDataWarning { get; init; }

    /// <summary>Silence on the clock that raises a critical alert; 0 is never.</summary>
    public long NoDataCritical { get; init; }

    /// <summary>So many changes between inactive and firing make an alert flapping; 0 is never.</summary>
    public int FlapChanges { get; init; } = 6;

    /// <summary>The stretch of sample time in which those changes happen. Half of it without a change ends the flapping.</summary>
    public long FlapWithin { get; init; } = 30 * 60 * 1_000_000_000L;

    /// <summary>Marks at each of which a firing alert pages once more, in the order in which they are met; empty for none.</summary>
    public IReadOnlyList<double> Steps { get; init; } = [];

    /// <summary>Silence on the clock after which an alert is over: for events, of which nobody may ever tell the end. 0 is never, and then silence makes it stale.</summary>
    public long Lifetime { get; init; }

    public bool WatchesSilence => NoDataWarning > 0 || NoDataCritical > 0;

    /// <summary>Whether after a silence of this length nothing is open any more, and nothing is raised by it either.</summary>
    public bool IsOver(long silence) => Lifetime > 0 && silence >= Lifetime;

    /// <summary>How many of the steps a value has passed: falling ones from above, rising ones from below.</summary>
    public int StepsMet(double value)
    {
        var falling = Steps.Count > 1 && Steps[0] > Steps[1];
        var met = 0;
        while (met < Steps.Count && (falling ? value < Steps[met] : value > Steps[met]))
        {
            met++;
        }

        return met;
    }

    /// <summary>The severity that a silence of this length deserves.</summary>
    public Severity SeverityOfSilence(long silence) =>
        NoDataCritical > 0 && silence >= NoDataCritical ? Severity.Critical
        : NoDataWarning > 0 && silence >= NoDataWarning ? Severity.Warning
        : Severity.None;

    /// <summary>The silence from which an alert is pending: half of what raises it.</summary>
    public long SilenceToPend => (NoDataWarning > 0 ? NoDataWarning : NoDataCritical) / 2;
}
