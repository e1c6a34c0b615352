using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Operations;

/// <summary>
/// The operational database: one SQLite file <c>operations.db</c> in write-ahead mode with full synchronization, so that what a transaction wrote
/// is on the disk when it returns. One write connection, taken in turn by whoever writes; any number of readers, which never wait for it.
/// </summary>
internal sealed partial class OperationsDatabase : IAsyncDisposable
{
    public const string FileName = "operations.db";

    private static readonly string[] FileSuffixes = ["", "-wal", "-shm"];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SqliteConnection _writer;
    private readonly string _readers;

    private OperationsDatabase(SqliteConnection writer, string file)
    {
        _writer = writer;
        _readers = Connection(file, SqliteOpenMode.ReadOnly, pooled: true);
    }

    /// <summary>Opens or creates the database of a data folder and brings it up to date. A damaged file is set aside under another name and said so.</summary>
    /// <exception cref="OperationsException">A newer version wrote it, or the folder cannot be used.</exception>
    public static OperationsDatabase Open(string folder, TimeProvider time, ILogger log)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return new OperationsDatabase(OpenWriter(file, time), file);
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            var aside = SetAside(file, time);
            LogDamaged(log, file, aside, exception.Message);
            return new OperationsDatabase(OpenWriter(file, time), file);
        }
        catch (SqliteException exception)
        {
            throw new OperationsException($"{file} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Runs one transaction. It commits when the work returns and is undone when it throws. The work is short and does not wait for anything.</summary>
    /// <exception cref="SqliteException">The database refused: a full disk, a fault of the device.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteTransaction, T> work, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            using var transaction = _writer.BeginTransaction();
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public async ValueTask WriteAsync(Action<SqliteTransaction> work, CancellationToken token) =>
        await WriteAsync(transaction =>
        {
            work(transaction);
            return true;
        }, token);

    /// <summary>Reads from a consistent view of what is committed.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using var connection = new SqliteConnection(_readers);
        connection.Open();
        using var view = connection.BeginTransaction(deferred: true);
        return work(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await _writer.DisposeAsync();
        using (var pooled = new SqliteConnection(_readers))
        {
            SqliteConnection.ClearPool(pooled);
        }

        _turn.Dispose();
    }

    private static SqliteConnection OpenWriter(string file, TimeProvider time)
    {
        var connection = new SqliteConnection(Connection(file, SqliteOpenMode.ReadWriteCreate, pooled: false));
        try
        {
            connection.Open();
            Set(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000");
            Check(connection);
            Migrations.Apply(connection, time);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Check(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is string and not "ok" and var fault)
        {
            throw new SqliteException((string)fault, SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }

    private static void Set(SqliteConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    private static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    private static string SetAside(string file, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        foreach (var suffix in FileSuffixes.Where(suffix => File.Exists(file + suffix)))
        {
            File.Move(file + suffix, $"{file}.damaged-{stamp}{suffix}", overwrite: true);
        }

        return $"{file}.damaged-{stamp}";
    }

    private static string Connection(string file, SqliteOpenMode mode, bool pooled) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = pooled, DefaultTimeout = 5 }.ToString();

    [LoggerMessage(3001, LogLevel.Error, "{File} is damaged ({Reason}); it was set aside as {Aside} and a new one begun. Open alerts fire again as samples arrive.")]
    private static partial void LogDamaged(ILogger log, string file, string aside, string reason);
}
