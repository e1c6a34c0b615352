using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Operations;

/// <summary>The SQL statements of one transaction, each prepared once however often it runs. Used by the thread that has the transaction.</summary>
internal sealed class Statements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction? _transaction;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public Statements(SqliteTransaction transaction) => (_connection, _transaction) = (transaction.Connection!, transaction);

    /// <summary>For reading within the view that the connection has open.</summary>
    public Statements(SqliteConnection view) => _connection = view;

    /// <summary>Runs a statement; the parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    public void Run(string sql, params ReadOnlySpan<object?> parameters) => Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs an insert and gives the new row's id.</summary>
    public long Insert(string sql, params ReadOnlySpan<object?> parameters) => (long)Bind(sql, parameters).ExecuteScalar()!;

    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Bind(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.Transaction = _transaction ?? command.Transaction;
            command.CommandText = sql;
            for (var i = 0; i < parameters.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"${i + 1}", null));
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i] is null or double.NaN ? DBNull.Value : parameters[i];
        }

        return command;
    }
}
