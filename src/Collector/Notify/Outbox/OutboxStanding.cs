using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>How one receiver's part of the outbox stands.</summary>
/// <param name="Oldest">When the oldest waiting row was written; null when none waits.</param>
internal sealed record ReceiverStanding(string Receiver, long Pending, DateTimeOffset? Oldest, long Delivered, long Failed, long Dead);

/// <summary>Reads the outbox as a whole, and ends what has waited too long. Safe for concurrent use.</summary>
internal sealed class OutboxStanding(OperationsDatabase database, TimeProvider time)
{
    public IReadOnlyList<ReceiverStanding> Read() => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT receiver, sum(state = 'pending'), min(CASE WHEN state = 'pending' THEN created_at END),
                   sum(state = 'delivered'), sum(state = 'failed'), sum(state = 'dead')
            FROM outbox GROUP BY receiver ORDER BY receiver
            """;
        using var reader = command.ExecuteReader();
        var standings = new List<ReceiverStanding>();
        while (reader.Read())
        {
            standings.Add(new ReceiverStanding(
                reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5)));
        }

        return standings;
    });

    /// <summary>Ends rows that have waited longer than allowed, whatever receiver they are for: one that was taken out of the configuration too.</summary>
    public ValueTask<int> ExpireAsync(TimeSpan maxAge, CancellationToken token) => ExecuteAsync(
        "UPDATE outbox SET state = 'dead', last_error = coalesce(last_error, 'no such receiver is on') WHERE state = 'pending' AND created_at < $limit",
        maxAge, token);

    /// <summary>Forgets rows that ended long ago. Those of an alert that still fires stay: they tell who is to be told of its end.</summary>
    public ValueTask<int> ForgetAsync(TimeSpan keep, CancellationToken token) => ExecuteAsync(
        "DELETE FROM outbox WHERE state <> 'pending' AND created_at < $limit AND alert_id IN (SELECT id FROM alerts WHERE state <> 'firing')",
        keep, token);

    private ValueTask<int> ExecuteAsync(string sql, TimeSpan age, CancellationToken token)
    {
        var limit = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        return database.WriteAsync(transaction =>
        {
            using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.Parameters.AddWithValue("$limit", limit);
            return command.ExecuteNonQuery();
        }, token);
    }
}
