namespace NocMonitor.Collector.Forward;

/// <summary>How a request to the remote ended.</summary>
internal enum RemoteVerdict
{
    Accepted,

    /// <summary>Some line is bad, and trying it again will not help.</summary>
    BadLines,

    /// <summary>Smaller requests may be taken.</summary>
    TooLarge,

    /// <summary>Away, busy, or not set up: the same request may be taken later.</summary>
    Unavailable,
}

/// <param name="Reason">Why, on one line; empty for success.</param>
/// <param name="RetryAfter">The pause that the remote asked for.</param>
internal sealed record RemoteAnswer(RemoteVerdict Verdict, string Reason, TimeSpan? RetryAfter = null)
{
    public static RemoteAnswer Accepted { get; } = new(RemoteVerdict.Accepted, "");
}
