using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>
/// The outbox as the dispatcher sees it. A row of an alert is not due while an earlier row of that alert and receiver waits: firing is told before
/// resolved, whatever fails. Safe for concurrent use.
/// </summary>
/// <remarks>Rows are read in the order of an index and no further than needed: a storm leaves tens of thousands waiting while a receiver is away.</remarks>
internal sealed class OutboxStore(OperationsDatabase database, OutboxRowReader rows, TimeProvider time)
{
    private const string Eligible = """
        o.receiver = $receiver AND o.state = 'pending' AND NOT EXISTS (
            SELECT 1 FROM outbox e INDEXED BY outbox_chain WHERE e.alert_id = o.alert_id AND e.receiver = o.receiver AND e.state = 'pending' AND e.id < o.id)
        """;

    internal const string SelectDue = $"""
        {OutboxRowReader.Select} WHERE o.next_attempt_at <= $now AND {Eligible} ORDER BY o.urgent DESC, o.id LIMIT $limit
        """;

    internal const string SelectNext = $"SELECT o.next_attempt_at FROM outbox o WHERE {Eligible} ORDER BY o.next_attempt_at LIMIT 1";

    /// <summary>Rows that may be sent now, new criticals first, each alert once.</summary>
    public IReadOnlyList<OutboxRow> Due(string receiver, int limit) => database.Read(connection =>
    {
        using var command = Command(connection, SelectDue);
        command.Parameters.AddWithValue("$receiver", receiver);
        command.Parameters.AddWithValue("$now", Now);
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var due = new List<OutboxRow>();
        while (reader.Read())
        {
            due.Add(rows.Read(reader));
        }

        return due;
    });

    /// <summary>When the next row falls due; null when none waits.</summary>
    public DateTimeOffset? NextDue(string receiver) => database.Read(connection =>
    {
        using var command = Command(connection, SelectNext);
        command.Parameters.AddWithValue("$receiver", receiver);
        return command.ExecuteScalar() is long next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : (DateTimeOffset?)null;
    });

    /// <summary>Ends rows as delivered; the note tells of recipients that were refused.</summary>
    /// <param name="returned">The receiver whose other rows fall due now, because it was away and is back; else null.</param>
    public ValueTask DeliveredAsync(IReadOnlyCollection<OutboxRow> sent, string? note, string? returned, CancellationToken token) =>
        UpdateAsync(sent, "state = 'delivered', attempts = attempts + 1, delivered_at = $now, last_error = $error", note, Now, token, returned);

    /// <summary>Ends rows as failed: the receiver refuses them for good.</summary>
    public ValueTask FailedAsync(IReadOnlyCollection<OutboxRow> sent, string error, CancellationToken token) =>
        UpdateAsync(sent, "state = 'failed', attempts = attempts + 1, last_error = $error", error, Now, token);

    /// <summary>Leaves rows for a later try.</summary>
    public ValueTask PostponedAsync(IReadOnlyCollection<OutboxRow> sent, string error, DateTimeOffset next, CancellationToken token) =>
        UpdateAsync(sent, "attempts = attempts + 1, next_attempt_at = $next, last_error = $error", error, next.ToUnixTimeMilliseconds(), token);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private ValueTask UpdateAsync(IReadOnlyCollection<OutboxRow> sent, string assignments, string? error, long next, CancellationToken token, string? returned = null) =>
        database.WriteAsync(transaction =>
        {
            using var command = Command(transaction.Connection!, $"UPDATE outbox SET {assignments} WHERE id = $id AND state = 'pending'");
            command.Transaction = transaction;
            var id = command.Parameters.Add("$id", SqliteType.Integer);
            command.Parameters.AddWithValue("$now", Now);
            command.Parameters.AddWithValue("$next", next);
            command.Parameters.AddWithValue("$error", string.IsNullOrEmpty(error) ? DBNull.Value : error);
            foreach (var row in sent)
            {
                id.Value = row.Id;
                command.ExecuteNonQuery();
            }

            if (returned is not null)
            {
                command.CommandText = "UPDATE outbox SET next_attempt_at = $now WHERE receiver = $receiver AND state = 'pending' AND next_attempt_at > $now";
                command.Parameters.AddWithValue("$receiver", returned);
                command.ExecuteNonQuery();
            }
        }, token);

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
