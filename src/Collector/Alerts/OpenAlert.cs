namespace NocMonitor.Collector.Alerts;

/// <summary>An open alert as the log keeps it in memory, in step with its row. Belongs to the log's loop.</summary>
internal sealed class OpenAlert
{
    public required long Id { get; init; }

    public required AlertKey Key { get; init; }

    public required AlertLabels Labels { get; init; }

    public IReadOnlyList<Dependency> DependsOn { get; set; } = [];

    /// <summary>When the condition began to hold, in Unix milliseconds of sample time.</summary>
    public long Since { get; set; }

    public Severity Severity { get; set; }

    public PageState Page { get; set; }

    /// <summary>The parent that a held or suppressed page waits for; empty when it is held because its samples are old.</summary>
    public string WaitsFor { get; set; } = "";

    /// <summary>Since when no parent is known to fire, on the clock in Unix milliseconds: waiting is limited from here.</summary>
    public long WaitsSince { get; set; }

    /// <summary>The transition that a held or suppressed page is about.</summary>
    public long? PageTransition { get; set; }

    public bool Acknowledged { get; set; }

    /// <summary>The last recorded transition, so that one that comes twice is recorded once.</summary>
    public (long Time, StepReason Reason) Last { get; set; }

    public bool Waits => Page is PageState.Held or PageState.Suppressed;
}
