using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Hosts;

/// <summary>Keeps the known hosts over restarts in the operational database.</summary>
internal sealed class HostStore(OperationsDatabase database)
{
    public IReadOnlyList<(string Name, string Agent, long FirstSeenMs, long LastSeenMs)> Read() => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, agent, first_seen, last_seen FROM hosts";
        using var reader = command.ExecuteReader();
        var hosts = new List<(string, string, long, long)>();
        while (reader.Read())
        {
            hosts.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return hosts;
    });

    public ValueTask WriteAsync(IReadOnlyCollection<KnownHost> hosts, CancellationToken token) => database.WriteAsync(transaction =>
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO hosts (name, agent, first_seen, last_seen) VALUES ($name, $agent, $first, $last)
            ON CONFLICT (name) DO UPDATE SET agent = excluded.agent, last_seen = excluded.last_seen
            """;
        foreach (var host in hosts)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$name", host.Name);
            command.Parameters.AddWithValue("$agent", host.Agent);
            command.Parameters.AddWithValue("$first", host.FirstSeen.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$last", host.LastSeenNs / 1_000_000);
            command.ExecuteNonQuery();
        }
    }, token);
}
