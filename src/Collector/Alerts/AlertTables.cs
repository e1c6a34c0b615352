using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Alerts;

/// <summary>The rows of alerts, transitions, timeline, outbox and rule states inside one transaction. Times are Unix milliseconds UTC.</summary>
internal sealed partial class AlertTables(Statements statements)
{
    public const string Firing = "firing";
    public const string Resolved = "resolved";

    public long AddAlert(AlertTransition transition, long now) => statements.Insert(
        """
        INSERT INTO alerts (rule, series, host, state, severity, since, fired_at, changed_at, stale, flapping, depends_on, page, page_waits_for,
            summary, description, runbook, labels)
        VALUES ($1, $2, $3, 'firing', $4, $5, $6, $6, 0, 0, $7, 'none', '', '', '', '', $8) RETURNING id
        """,
        transition.Key.Rule, transition.Key.Series, transition.Labels["host"], Word(transition.Step.To), Milliseconds(transition.Since), now,
        string.Join(", ", transition.DependsOn), LabelsText(transition.Labels));

    /// <summary>
    /// Brings an alert's row up to a transition. Severity and texts keep the last that fired, so that a resolved alert still says what it was and how bad; the words of
    /// its end are the transition's.
    /// </summary>
    public void UpdateAlert(OpenAlert alert, AlertTransition transition, bool resolves, long now) => statements.Run(
        """
        UPDATE alerts SET state = $2, severity = $3, changed_at = $4, resolved_at = $5, stale = $6, flapping = $7, depends_on = $8,
            value = coalesce($9, value), threshold = coalesce($10, threshold), runbook = $13, labels = $14,
            summary = CASE WHEN $2 = 'resolved' AND summary <> '' THEN summary ELSE $11 END,
            description = CASE WHEN $2 = 'resolved' AND summary <> '' THEN description ELSE $12 END
        WHERE id = $1
        """,
        alert.Id, resolves ? Resolved : Firing, Word(alert.Severity), now, resolves ? now : null, transition.Stale ? 1 : 0, transition.Flapping ? 1 : 0,
        string.Join(", ", transition.DependsOn), transition.Value, transition.Threshold, transition.Summary, transition.Description, transition.Runbook,
        LabelsText(transition.Labels));

    /// <summary>The transition with the texts that its alert has now.</summary>
    public AlertTransition WithTextsOf(long alert, AlertTransition transition) => statements.Read(
        "SELECT summary, description, runbook FROM alerts WHERE id = $1",
        row => transition with { Summary = row.GetString(0), Description = row.GetString(1), Runbook = row.GetString(2) }, alert).FirstOrDefault(transition);

    public void UpdatePage(OpenAlert alert) => statements.Run(
        "UPDATE alerts SET page = $2, page_waits_for = $3, page_transition_id = $4 WHERE id = $1",
        alert.Id, Word(alert.Page), alert.WaitsFor, alert.PageTransition);

    public void UpdateAcknowledged(long alert, string? who, long? at) => statements.Run(
        "UPDATE alerts SET acknowledged_by = $2, acknowledged_at = $3 WHERE id = $1", alert, who, at);

    /// <param name="told">The severity that people are told: a flapping alert is calm at times and open all the same.</param>
    public long AddTransition(long alert, AlertTransition transition, Severity told, long now) => statements.Insert(
        """
        INSERT INTO transitions (alert_id, sample_time, recorded_at, reason, from_severity, to_severity, value, threshold, summary)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
        """,
        alert, Milliseconds(transition.Time), now, Word(transition.Step.Reason), Word(transition.Step.From), Word(told),
        transition.Value, transition.Threshold, transition.Summary);

    public void AddEvent(long alert, long at, string kind, long? transition, string? who, string text) => statements.Run(
        "INSERT INTO timeline (alert_id, at, kind, transition_id, who, text) VALUES ($1, $2, $3, $4, $5, $6)", alert, at, kind, transition, who, text);

    public void AddOutbox(long alert, long transition, string receiver, string kind, long now) => statements.Run(
        """
        INSERT INTO outbox (alert_id, transition_id, receiver, kind, state, attempts, created_at, next_attempt_at, urgent)
        VALUES ($1, $2, $3, $4, 'pending', 0, $5, $5, $4 = 'firing' AND (SELECT to_severity FROM transitions WHERE id = $2) = 'critical') ON CONFLICT DO NOTHING
        """,
        alert, transition, receiver, kind, now);

    /// <summary>The receivers that were told, or are about to be told, that the alert fires.</summary>
    public List<string> ReceiversTold(long alert) => statements.Read(
        "SELECT DISTINCT receiver FROM outbox WHERE alert_id = $1 AND kind = 'firing' AND state <> 'dead'", row => row.GetString(0), alert);

    public void SaveState(StateSnapshot snapshot)
    {
        if (snapshot.State is null)
        {
            statements.Run("DELETE FROM rule_states WHERE rule = $1 AND series = $2", snapshot.Key.Rule, snapshot.Key.Series);
            return;
        }

        statements.Run(
            "INSERT INTO rule_states (rule, series, state) VALUES ($1, $2, $3) ON CONFLICT (rule, series) DO UPDATE SET state = excluded.state",
            snapshot.Key.Rule, snapshot.Key.Series, AlertStateText.Write(snapshot.State));
    }

    public void SaveProgress(string name, long sequence) => statements.Run(
        "INSERT INTO progress (name, sequence) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence", name, sequence);

    /// <summary>Deletes alerts that were resolved before a time, with all that belongs to them; at most so many.</summary>
    public void Forget(long resolvedBefore, int most)
    {
        foreach (var id in statements.Read("SELECT id FROM alerts WHERE resolved_at < $1 ORDER BY resolved_at LIMIT $2", row => row.GetInt64(0), resolvedBefore, most))
        {
            statements.Run("DELETE FROM outbox WHERE alert_id = $1", id);
            statements.Run("DELETE FROM timeline WHERE alert_id = $1", id);
            statements.Run("DELETE FROM transitions WHERE alert_id = $1", id);
            statements.Run("DELETE FROM alerts WHERE id = $1", id);
        }
    }

    public static string Word<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static long Milliseconds(long nanoseconds) => nanoseconds / 1_000_000;

    public static string LabelsText(AlertLabels labels) => JsonSerializer.Serialize(labels.InOrder.ToDictionary(StringComparer.Ordinal), LabelsJson.Default.DictionaryStringString);

    public static AlertLabels ParseLabels(string text) => new(JsonSerializer.Deserialize(text, LabelsJson.Default.DictionaryStringString) ?? []);

    public static IReadOnlyList<Dependency> ParseDependencies(string text) =>
        [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part => Dependency.TryParse(part, out var dependency) ? dependency : default)];

    public static string Text(double number) => double.IsNaN(number) ? "?" : number.ToString("0.###", CultureInfo.InvariantCulture);

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class LabelsJson : JsonSerializerContext;
}
