using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Alerts;

/// <summary>The open alerts in memory, in step with the database; read back from it at the start and after a transaction that failed. Belongs to the log's loop.</summary>
internal sealed class AlertMemory
{
    private readonly Dictionary<AlertKey, OpenAlert> _open = [];
    private readonly HashSet<OpenAlert> _waiting = [];
    private volatile bool _hasWaiting;

    /// <summary>Whether any page waits; may be asked by other threads.</summary>
    public bool HasWaiting => _hasWaiting;

    /// <summary>Alerts whose page waits.</summary>
    public IReadOnlyCollection<OpenAlert> Waiting => _waiting;

    public IEnumerable<OpenAlert> Open => _open.Values;

    public OpenAlert? Find(AlertKey key) => _open.GetValueOrDefault(key);

    public OpenAlert? Find(long id) => _open.Values.FirstOrDefault(alert => alert.Id == id);

    public void Add(OpenAlert alert)
    {
        _open[alert.Key] = alert;
        NoteWaiting(alert);
    }

    public void Remove(OpenAlert alert)
    {
        _open.Remove(alert.Key);
        _waiting.Remove(alert);
        _hasWaiting = _waiting.Count > 0;
    }

    public void NoteWaiting(OpenAlert alert)
    {
        if (alert.Waits)
        {
            _waiting.Add(alert);
        }
        else
        {
            _waiting.Remove(alert);
        }

        _hasWaiting = _waiting.Count > 0;
    }

    /// <summary>Reads the open alerts. Waiting for parents begins anew: where they stand is not known yet.</summary>
    public void Load(SqliteConnection connection, long now)
    {
        _open.Clear();
        _waiting.Clear();
        _hasWaiting = false;
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT a.id, a.rule, a.series, a.labels, a.depends_on, a.severity, a.page, a.page_waits_for, a.page_transition_id,
                a.acknowledged_at, t.sample_time, t.reason, a.since
            FROM alerts a LEFT JOIN transitions t ON t.id = (SELECT max(id) FROM transitions WHERE alert_id = a.id)
            WHERE a.state = 'firing'
            """;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            Add(Read(row, now));
        }
    }

    private static OpenAlert Read(SqliteDataReader row, long now) => new()
    {
        Id = row.GetInt64(0),
        Key = new AlertKey(row.GetString(1), row.GetString(2)),
        Labels = AlertTables.ParseLabels(row.GetString(3)),
        DependsOn = AlertTables.ParseDependencies(row.GetString(4)),
        Severity = AlertTables.Parse<Severity>(row.GetString(5)),
        Page = AlertTables.Parse<PageState>(row.GetString(6)),
        WaitsFor = row.GetString(7),
        WaitsSince = now,
        PageTransition = row.IsDBNull(8) ? null : row.GetInt64(8),
        Acknowledged = !row.IsDBNull(9),
        Since = row.GetInt64(12),
        Last = row.IsDBNull(10) ? default : (row.GetInt64(10), AlertTables.Parse<StepReason>(row.GetString(11))),
    };
}
