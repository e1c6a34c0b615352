using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Hosts;

/// <summary>
/// Hosts that were taken out of the watch, and when: silence of what was heard before that is nobody's business. A host that is heard of again is a host again.
/// Safe for concurrent use.
/// </summary>
internal sealed class ForgottenHosts(OperationsDatabase database)
{
    /// <summary>After that nothing of a host is waited for anyway.</summary>
    private const long KeptMs = 48L * 3_600_000;

    /// <summary>When each was forgotten, in nanoseconds since 1970.</summary>
    public IReadOnlyDictionary<string, long> Read() => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, at FROM forgotten_hosts";
        using var row = command.ExecuteReader();
        var hosts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (row.Read())
        {
            hosts.Add(row.GetString(0), row.GetInt64(1) * 1_000_000);
        }

        return hosts;
    });

    public async Task AddAsync(string name, string who, DateTimeOffset at, CancellationToken token)
    {
        var now = at.ToUnixTimeMilliseconds();
        await database.WriteAsync(
            transaction =>
            {
                Run(transaction, "DELETE FROM hosts WHERE name = $name", name, who, now);
                Run(transaction, "DELETE FROM forgotten_hosts WHERE at < $now - $kept", name, who, now);
                Run(transaction,
                    "INSERT INTO forgotten_hosts (name, at, by_whom) VALUES ($name, $now, $who) ON CONFLICT (name) DO UPDATE SET at = excluded.at, by_whom = excluded.by_whom",
                    name, who, now);
            },
            token);
    }

    private static void Run(SqliteTransaction transaction, string sql, string name, string who, long now)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$who", who);
        command.Parameters.AddWithValue("$now", now);
        command.Parameters.AddWithValue("$kept", KeptMs);
        command.ExecuteNonQuery();
    }
}
