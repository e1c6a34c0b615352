using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Operations;

/// <summary>
/// The numbered, forward-only changes of the operational database: embedded SQL files <c>NNNN_name.sql</c>, each applied once, in order, in a
/// transaction of its own together with the note that it was.
/// </summary>
internal static class Migrations
{
    private const string Folder = "Migrations/";

    public static void Apply(SqliteConnection connection, TimeProvider time)
    {
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var applied = Latest(connection);
        var known = Names();
        if (applied > known.Keys.LastOrDefault())
        {
            throw new OperationsException($"operations.db was written by a newer version: it has migration {applied}, this version knows {known.Keys.LastOrDefault()}");
        }

        foreach (var (number, name) in known.Where(migration => migration.Key > applied))
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, Read(name));
            using var note = connection.CreateCommand();
            note.Transaction = transaction;
            note.CommandText = "INSERT INTO schema_migrations (number, name, applied_at) VALUES ($number, $name, $at)";
            note.Parameters.AddWithValue("$number", number);
            note.Parameters.AddWithValue("$name", name[Folder.Length..]);
            note.Parameters.AddWithValue("$at", time.GetUtcNow().ToUnixTimeMilliseconds());
            note.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static long Latest(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(number), 0) FROM schema_migrations";
        return (long)command.ExecuteScalar()!;
    }

    private static SortedDictionary<long, string> Names()
    {
        var names = new SortedDictionary<long, string>();
        foreach (var name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            names.Add(long.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture), name);
        }

        return names;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
