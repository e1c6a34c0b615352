using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>Reads a waiting row together with its alert and transition into what a receiver is told.</summary>
/// <param name="link">The page of an alert by its id.</param>
/// <param name="sparklines">Draws the last hour of a series.</param>
internal sealed class OutboxRowReader(Func<long, string> link, ISparklineSource sparklines)
{
    public const string Select = """
        SELECT o.id, o.attempts, o.kind, a.id, t.id, a.rule, a.series, t.from_severity, t.to_severity, a.labels, t.summary, a.description, a.runbook,
               t.value, a.since, t.sample_time
        FROM outbox o INDEXED BY outbox_order CROSS JOIN alerts a ON a.id = o.alert_id CROSS JOIN transitions t ON t.id = o.transition_id
        """;

    public OutboxRow Read(SqliteDataReader reader)
    {
        var firing = reader.GetString(2) == "firing";
        var alertId = reader.GetInt64(3);
        var rule = reader.GetString(5);
        var series = reader.GetString(6);
        var alert = new NotifiedAlert
        {
            AlertId = alertId,
            TransitionId = reader.GetInt64(4),
            IsFiring = firing,
            Rule = rule,
            Severity = reader.GetString(firing ? 8 : 7).ToLowerInvariant(),
            Labels = Labels(reader.GetString(9)),
            Summary = reader.GetString(10),
            Description = reader.GetString(11),
            Runbook = reader.GetString(12),
            Value = reader.IsDBNull(13) ? "" : reader.GetDouble(13).ToString("0.######", CultureInfo.InvariantCulture),
            StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(14)),
            EndsAt = firing ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(15)),
            Link = link(alertId),
            DrawSparkline = () => sparklines.Draw(rule, series),
        };
        return new OutboxRow(reader.GetInt64(0), reader.GetInt32(1), alert);
    }

    /// <summary>The rule goes by its own member, and in a webhook as <c>alertname</c>.</summary>
    private static Dictionary<string, string> Labels(string json)
    {
        var labels = JsonSerializer.Deserialize(json, NotifyJson.Default.DictionaryStringString) ?? [];
        labels.Remove("rule");
        return labels;
    }
}
