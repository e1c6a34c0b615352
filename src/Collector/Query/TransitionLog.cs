using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Query;

/// <summary>Reads recorded transitions back.</summary>
internal sealed class TransitionLog(OperationsDatabase database)
{
    /// <summary>The id of the newest transition; 0 when there is none.</summary>
    public long Newest() => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(id), 0) FROM transitions";
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>The transitions after one, in order.</summary>
    public IReadOnlyList<TransitionView> After(long id, int limit) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.id, t.alert_id, a.rule, a.host, t.reason, t.from_severity, t.to_severity, t.summary, t.sample_time
            FROM transitions t JOIN alerts a ON a.id = t.alert_id WHERE t.id > $id ORDER BY t.id LIMIT $limit
            """;
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var transitions = new List<TransitionView>();
        while (reader.Read())
        {
            transitions.Add(new TransitionView(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetString(6), reader.GetString(7), AlertView.At(reader.GetInt64(8))));
        }

        return transitions;
    });
}
