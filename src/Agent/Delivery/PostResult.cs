namespace NocMonitor.Agent.Delivery;

/// <summary>What an answer of a collector means for the batch.</summary>
internal enum PostKind
{
    /// <summary>The collector has every line.</summary>
    Accepted,

    /// <summary>400 or 422: a line is bad; the others are good.</summary>
    BadLines,

    /// <summary>413: fewer lines at once.</summary>
    TooLarge,

    /// <summary>401 or 403: the lines are good, this agent is not let in.</summary>
    NotAllowed,

    /// <summary>Anything that time or another collector may mend: network, 429, 5xx, and answers that no collector gives.</summary>
    Unavailable,
}

/// <param name="Kind">What follows from the answer.</param>
/// <param name="Reason">The answer in words, bounded, without any secret.</param>
/// <param name="RetryAfter">How long the collector asks to be left alone.</param>
internal sealed record PostResult(PostKind Kind, string Reason, TimeSpan? RetryAfter = null)
{
    public static PostResult Accepted { get; } = new(PostKind.Accepted, "");

    public bool IsFailure => Kind is PostKind.NotAllowed or PostKind.Unavailable;
}
