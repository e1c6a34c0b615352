using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Query;

/// <summary>Reads what was told of an alert, and to whom.</summary>
internal sealed class NotificationLog(OperationsDatabase database)
{
    public IReadOnlyList<NotificationView> Of(long alert) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, receiver, kind, state, attempts, created_at, next_attempt_at, delivered_at, last_error
            FROM outbox WHERE alert_id = $alert ORDER BY id LIMIT 1000
            """;
        command.Parameters.AddWithValue("$alert", alert);
        using var reader = command.ExecuteReader();
        var notifications = new List<NotificationView>();
        while (reader.Read())
        {
            var state = reader.GetString(3);
            notifications.Add(new NotificationView(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), state, reader.GetInt64(4), AlertView.At(reader.GetInt64(5)),
                state == "pending" ? AlertView.At(reader.GetInt64(6)) : null,
                reader.IsDBNull(7) ? null : AlertView.At(reader.GetInt64(7)), reader.IsDBNull(8) ? null : reader.GetString(8)));
        }

        return notifications;
    });
}
