using NocMonitor.Configuration;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>How hard a notification is tried before it is given up.</summary>
internal sealed record OutboxOptions
{
    /// <summary>The pause after the first failed round of tries; each further one doubles it.</summary>
    public required TimeSpan FirstRetry { get; init; }

    /// <summary>The longest pause between rounds.</summary>
    public required TimeSpan LongestRetry { get; init; }

    /// <summary>A notification this old is dead: not tried again, and an alert of its own.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Failed tries in a row that open a receiver's breaker.</summary>
    public required int BreakAfter { get; init; }

    /// <summary>How long an open breaker keeps a receiver from being tried.</summary>
    public required TimeSpan BreakFor { get; init; }

    /// <summary>How long delivered, failed and dead rows are kept to be looked at.</summary>
    public required TimeSpan KeepEnded { get; init; }

    public static OutboxOptions Read(OptionReader reader) => new()
    {
        FirstRetry = reader.Duration("FirstRetry", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10),
            "The pause after the first failed round of tries; each further one doubles it."),
        LongestRetry = reader.Duration("LongestRetry", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), TimeSpan.FromHours(6), "The longest pause between rounds."),
        MaxAge = reader.Duration("MaxAge", TimeSpan.FromHours(24), TimeSpan.FromMinutes(1), TimeSpan.FromDays(30),
            "A notification this old is dead: it is not tried again, and rule notify.dead raises an alert."),
        BreakAfter = reader.Integer("BreakAfter", 5, 2, 1000, "Failed tries in a row that open a receiver's breaker."),
        BreakFor = reader.Duration("BreakFor", TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(30),
            "How long an open breaker keeps a receiver from being tried."),
        KeepEnded = reader.Duration("KeepEnded", TimeSpan.FromDays(90), TimeSpan.FromHours(1), TimeSpan.FromDays(3650),
            "How long delivered, failed and dead notifications are kept to be looked at."),
    };
}
