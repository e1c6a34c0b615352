using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Alerts;

/// <summary>One alert as it stands in the operational database. Times are Unix milliseconds UTC.</summary>
/// <param name="State"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Since">When the condition began to hold, by the samples' time.</param>
/// <param name="Page">Whether it was paged, or is held or suppressed by <paramref name="WaitsFor"/>.</param>
internal sealed record AlertRow(
    long Id, string Rule, string Series, string Host, string State, Severity Severity, long Since, long FiredAt, long ChangedAt, long? ResolvedAt,
    bool Stale, bool Flapping, PageState Page, string WaitsFor, long? AcknowledgedAt, string? AcknowledgedBy, double? Value, double? Threshold,
    string Summary, string Description, string Runbook, AlertLabels Labels);

/// <summary>One event of an alert's timeline.</summary>
internal sealed record TimelineEvent(long Id, long At, string Kind, long? Transition, string? Who, string Text);

/// <summary>Which alerts to list; null where it does not matter.</summary>
internal sealed record AlertFilter(string? State = AlertTables.Firing, string? Host = null, string? Rule = null, Severity AtLeast = Severity.None, int Limit = 1000);

/// <summary>Reads alerts for the API and the notifiers. Safe for concurrent use; sees what is committed.</summary>
internal sealed class AlertStore(OperationsDatabase database)
{
    private const string Columns =
        """
        id, rule, series, host, state, severity, since, fired_at, changed_at, resolved_at, stale, flapping, page, page_waits_for,
        acknowledged_at, acknowledged_by, value, threshold, summary, description, runbook, labels
        """;

    /// <summary>Alerts that match, the newest first.</summary>
    public IReadOnlyList<AlertRow> List(AlertFilter filter) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {Columns} FROM alerts
            WHERE ($state IS NULL OR state = $state) AND ($host IS NULL OR host = $host) AND ($rule IS NULL OR rule = $rule)
                AND ($severity = 'none' OR severity = 'critical' OR severity = $severity)
            ORDER BY fired_at DESC, id DESC LIMIT $limit
            """;
        command.Parameters.AddWithValue("$state", (object?)filter.State ?? DBNull.Value);
        command.Parameters.AddWithValue("$host", (object?)filter.Host ?? DBNull.Value);
        command.Parameters.AddWithValue("$rule", (object?)filter.Rule ?? DBNull.Value);
        command.Parameters.AddWithValue("$severity", AlertTables.Word(filter.AtLeast));
        command.Parameters.AddWithValue("$limit", filter.Limit);
        return ReadAll(command, ReadAlert);
    });

    public AlertRow? Find(long id) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM alerts WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        return ReadAll(command, ReadAlert).FirstOrDefault();
    });

    /// <summary>What happened to an alert, in order; the first 10,000 events.</summary>
    public IReadOnlyList<TimelineEvent> Timeline(long alert) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, at, kind, transition_id, who, text FROM timeline WHERE alert_id = $id ORDER BY id LIMIT 10000";
        command.Parameters.AddWithValue("$id", alert);
        return ReadAll(command, row => new TimelineEvent(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5)));
    });

    /// <summary>The worst severity that fires for each host with open alerts.</summary>
    public IReadOnlyDictionary<string, Severity> WorstByHost() =>
        List(new AlertFilter(Limit: int.MaxValue)).GroupBy(alert => alert.Host, StringComparer.Ordinal)
            .ToDictionary(host => host.Key, host => host.Max(alert => alert.Severity), StringComparer.Ordinal);

    private static List<T> ReadAll<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private static AlertRow ReadAlert(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), AlertTables.Parse<Severity>(row.GetString(5)),
        row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.IsDBNull(9) ? null : row.GetInt64(9), row.GetInt64(10) != 0, row.GetInt64(11) != 0,
        AlertTables.Parse<PageState>(row.GetString(12)), row.GetString(13), row.IsDBNull(14) ? null : row.GetInt64(14),
        row.IsDBNull(15) ? null : row.GetString(15), row.IsDBNull(16) ? null : row.GetDouble(16), row.IsDBNull(17) ? null : row.GetDouble(17),
        row.GetString(18), row.GetString(19), row.GetString(20), AlertTables.ParseLabels(row.GetString(21)));
}
