using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Query;

/// <summary>An alert as the read API shows it.</summary>
internal sealed record AlertView(
    long Id,
    string Rule,
    string State,
    string Severity,
    string Host,
    string Series,
    string Summary,
    string Description,
    string Runbook,
    IReadOnlyDictionary<string, string> Labels,
    double? Value,
    double? Threshold,
    DateTimeOffset Since,
    DateTimeOffset FiredAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ResolvedAt,
    bool Stale,
    bool Flapping,
    string Page,
    string? WaitsFor,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy)
{
    public static AlertView Of(AlertRow row) => new(
        row.Id, row.Rule, row.State, AlertTables.Word(row.Severity), row.Host, row.Series, row.Summary, row.Description, row.Runbook,
        row.Labels.InOrder.ToDictionary(StringComparer.Ordinal), row.Value, row.Threshold, At(row.Since), At(row.FiredAt), At(row.ChangedAt),
        At(row.ResolvedAt), row.Stale, row.Flapping, AlertTables.Word(row.Page), row.WaitsFor.Length > 0 ? row.WaitsFor : null,
        At(row.AcknowledgedAt), row.AcknowledgedBy);

    internal static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    internal static DateTimeOffset? At(long? milliseconds) => milliseconds is { } known ? At(known) : null;
}

/// <summary>One event of an alert's timeline.</summary>
internal sealed record TimelineView(long Id, DateTimeOffset At, string Kind, string? Who, string Text);

/// <summary>One notification of an alert: what a receiver was told, or is about to be.</summary>
/// <param name="State"><c>pending</c>, <c>delivered</c>, <c>failed</c> or <c>dead</c>.</param>
internal sealed record NotificationView(
    long Id, string Receiver, string Kind, string State, long Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? DeliveredAt,
    string? Error);

/// <summary>An alert with all that happened to it.</summary>
internal sealed record AlertDetail(AlertView Alert, IReadOnlyList<TimelineView> Timeline, IReadOnlyList<NotificationView> Notifications);

/// <summary>A list of alerts, the newest first.</summary>
internal sealed record AlertList(IReadOnlyList<AlertView> Alerts);

/// <summary>Who acknowledges an alert, and why.</summary>
internal sealed record AcknowledgeRequest(string? By, string? Note);
