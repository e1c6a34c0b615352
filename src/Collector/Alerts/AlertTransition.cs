namespace NocMonitor.Collector.Alerts;

/// <summary>A transition on its way from the evaluator to the log: what happened, and all that people will be told of it. Immutable.</summary>
internal sealed record AlertTransition
{
    public required AlertKey Key { get; init; }

    public required Step Step { get; init; }

    /// <summary>The time it belongs to in nanoseconds since 1970: the sample's, or of silence the clock's.</summary>
    public required long Time { get; init; }

    /// <summary>When the condition began to hold, in nanoseconds since 1970.</summary>
    public required long Since { get; init; }

    public required AlertLabels Labels { get; init; }

    /// <summary>What the first comparison of the condition looked at; NaN when that was no number.</summary>
    public required double Value { get; init; }

    /// <summary>What it was compared with; NaN when there is no number.</summary>
    public required double Threshold { get; init; }

    public required string Summary { get; init; }

    public required string Description { get; init; }

    public required string Runbook { get; init; }

    public required IReadOnlyList<Dependency> DependsOn { get; init; }

    public required bool Stale { get; init; }

    public required bool Flapping { get; init; }
}
