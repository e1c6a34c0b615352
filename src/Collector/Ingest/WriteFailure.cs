namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Why a whole request is refused. Only what can never succeed when sent again is a 400 or 413: senders throw such a body away. Everything that
/// passes by itself is 429 or 503 with Retry-After.
/// </summary>
internal sealed record WriteFailure(int Status, string Code, string Message, bool Retry = false)
{
    public static WriteFailure Invalid(string message) => new(400, "invalid", message);

    public static WriteFailure TooLarge(string message) => new(413, "request too large", message);

    /// <summary>Not 408: Telegraf throws away what was answered with a 4xx that it does not know, and a slow network passes.</summary>
    public static WriteFailure TimedOut { get; } = new(503, "unavailable", "the body came too slowly", Retry: true);

    /// <param name="what">What of the request is not known, in words.</param>
    /// <param name="known">What is, as the end of a sentence.</param>
    public static WriteFailure UnknownMedia(string what, string name, string known) =>
        new(415, "unsupported media type", $"the {what} '{Shorten(name)}' is not known; {known}");

    /// <summary>More requests at once than are read.</summary>
    public static WriteFailure Busy(WriteDialect dialect) => dialect == WriteDialect.Prometheus
        ? Unavailable("too many requests at once")
        : new(429, "too many requests", "too many requests at once", Retry: true);

    public static WriteFailure Unavailable(string reason) => new(503, "unavailable", reason, Retry: true);

    public static WriteFailure Broken { get; } = new(500, "internal error", "an internal error; the collector's log has the details");

    public static WriteFailure Denied(int status, string reason) => new(status, status == 401 ? "unauthorized" : "forbidden", reason);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
