using System.Globalization;
using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Security;

/// <summary>The tokens in the operational database. The command line writes beside a running collector, which notices by <see cref="Version"/>.</summary>
internal sealed class TokenStore(OperationsDatabase database, TimeProvider time)
{
    /// <returns>False when a valid token of that name exists already.</returns>
    public ValueTask<bool> AddAsync(string name, TokenScope scope, byte[] hash, CancellationToken token) => database.WriteAsync(transaction =>
    {
        using var command = Command(transaction.Connection!, """
            INSERT INTO tokens (name, scope, hash, created_at)
            SELECT $name, $scope, $hash, $now WHERE NOT EXISTS (SELECT 1 FROM tokens WHERE name = $name AND revoked_at IS NULL)
            """);
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$scope", Word(scope));
        command.Parameters.AddWithValue("$hash", hash);
        command.Parameters.AddWithValue("$now", time.GetUtcNow().ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery() > 0;
    }, token);

    /// <returns>False when no valid token has that name.</returns>
    public ValueTask<bool> RevokeAsync(string name, CancellationToken token) => database.WriteAsync(transaction =>
    {
        using var command = Command(transaction.Connection!, "UPDATE tokens SET revoked_at = $now WHERE name = $name AND revoked_at IS NULL");
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$now", time.GetUtcNow().ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery() > 0;
    }, token);

    /// <summary>All valid tokens by name.</summary>
    public IReadOnlyList<TokenRecord> List() => database.Read(connection =>
    {
        using var command = Command(connection, "SELECT name, scope, hash, created_at FROM tokens WHERE revoked_at IS NULL ORDER BY name");
        using var reader = command.ExecuteReader();
        var tokens = new List<TokenRecord>();
        while (reader.Read())
        {
            tokens.Add(new TokenRecord(
                reader.GetString(0), Enum.Parse<TokenScope>(reader.GetString(1), ignoreCase: true), (byte[])reader.GetValue(2),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3))));
        }

        return tokens;
    });

    /// <summary>Another text after each token added or revoked. Rows are never deleted.</summary>
    public string Version() => database.Read(connection =>
    {
        using var command = Command(connection, "SELECT count(*), count(revoked_at) FROM tokens");
        using var reader = command.ExecuteReader();
        reader.Read();
        return string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)}/{reader.GetInt64(1)}");
    });

    public static string Word(TokenScope scope) => scope.ToString().ToLowerInvariant();

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
