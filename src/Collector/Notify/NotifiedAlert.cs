namespace NocMonitor.Collector.Notify;

/// <summary>One alert as it was at one transition, in the words that a receiver is told.</summary>
internal sealed record NotifiedAlert
{
    public required long AlertId { get; init; }

    public required long TransitionId { get; init; }

    /// <summary>False: resolved.</summary>
    public required bool IsFiring { get; init; }

    public required string Rule { get; init; }

    /// <summary><c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>The identity of the alert: tags of the series and labels of the rule, without rule and severity.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required string Summary { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Empty where the rule has none.</summary>
    public string Runbook { get; init; } = "";

    /// <summary>The value that made the transition, as text; empty where there is none.</summary>
    public string Value { get; init; } = "";

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Null while firing.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The page of this alert at the collector.</summary>
    public required string Link { get; init; }

    /// <summary>Draws the last hour of what the rule watches in block characters; empty where there is nothing to draw. Reads the store when called.</summary>
    public Func<string> DrawSparkline { get; init; } = () => "";

    public string Host => Labels.GetValueOrDefault("host", "");
}
