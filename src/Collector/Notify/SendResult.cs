namespace NocMonitor.Collector.Notify;

/// <summary>How a send ended.</summary>
internal enum SendOutcome
{
    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It may succeed later: no connection, time limit, 429, 5xx, SMTP 4yz.</summary>
    Temporary,

    /// <summary>The receiver refused this message and will refuse it again: other 4xx, SMTP 5yz.</summary>
    Permanent,
}

/// <summary>The outcome, the reason in words without any secret, and how long the receiver asked to be left alone.</summary>
internal readonly record struct SendResult(SendOutcome Outcome, string Reason, TimeSpan? RetryAfter = null)
{
    public static SendResult Delivered { get; } = new(SendOutcome.Delivered, "");

    public static SendResult Temporary(string reason, TimeSpan? retryAfter = null) => new(SendOutcome.Temporary, reason, retryAfter);

    public static SendResult Permanent(string reason) => new(SendOutcome.Permanent, reason);
}
