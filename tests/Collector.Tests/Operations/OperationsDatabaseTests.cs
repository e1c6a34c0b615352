using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Operations;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Operations;

public class OperationsDatabaseTests
{
    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task What_a_transaction_wrote_is_there_after_reopening()
    {
        await using (var database = Open())
        {
            await SaveProgressAsync(database, "evaluated", 42);
        }

        await using var again = Open();

        Assert.That(again.Read(connection => Scalar(connection, "SELECT sequence FROM progress WHERE name = 'evaluated'")), Is.EqualTo(42L));
    }

    [Test]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        await using var database = Open();

        Assert.That(
            async () => await database.WriteAsync<int>(transaction =>
            {
                Insert(transaction, "evaluated", 1);
                throw new InvalidOperationException("half way");
            }, default),
            Throws.InvalidOperationException);

        Assert.That(database.Read(connection => Scalar(connection, "SELECT count(*) FROM progress")), Is.EqualTo(0L));
    }

    [Test]
    public async Task A_reader_never_waits_for_a_transaction_and_sees_what_was_committed()
    {
        await using var database = Open();
        await SaveProgressAsync(database, "evaluated", 1);

        var seen = await database.WriteAsync(transaction =>
        {
            Insert(transaction, "other", 2);
            return database.Read(connection => Scalar(connection, "SELECT count(*) FROM progress"));
        }, default);

        Assert.That(seen, Is.EqualTo(1L));
    }

    [Test]
    public async Task Writers_take_turns()
    {
        await using var database = Open();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => SaveProgressAsync(database, $"writer {i}", i))));

        Assert.That(database.Read(connection => Scalar(connection, "SELECT count(*) FROM progress")), Is.EqualTo(50L));
    }

    [TestCase(0, TestName = "A file that is no database is set aside")]
    [TestCase(5000, TestName = "A file torn in the middle is set aside")]
    public async Task A_damaged_file_is_set_aside_and_a_new_one_begun(int keep)
    {
        await using (var database = Open())
        {
            await SaveProgressAsync(database, "evaluated", 42);
        }

        var file = _folder.File(OperationsDatabase.FileName);
        var bytes = await File.ReadAllBytesAsync(file);
        Array.Fill(bytes, (byte)0xA5, keep, bytes.Length - keep);
        await File.WriteAllBytesAsync(file, bytes);

        await using var again = Open();

        Assert.That(again.Read(connection => Scalar(connection, "SELECT count(*) FROM progress")), Is.EqualTo(0L));
        Assert.That(Directory.GetFiles(_folder.Path, "operations.db.damaged-*"), Is.Not.Empty);
    }

    [Test]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using (var database = Open())
        {
            await database.WriteAsync(transaction => Execute(transaction, "INSERT INTO schema_migrations VALUES (9999, '9999_future.sql', 0)"), default);
        }

        Assert.That(Open, Throws.TypeOf<OperationsException>().With.Message.Contains("newer version"));
        Assert.That(File.Exists(_folder.File(OperationsDatabase.FileName)), Is.True);
    }

    private OperationsDatabase Open() => OperationsDatabase.Open(_folder.Path, _time, NullLogger.Instance);

    private static async Task SaveProgressAsync(OperationsDatabase database, string name, long sequence) =>
        await database.WriteAsync(transaction => Insert(transaction, name, sequence), default);

    private static void Insert(SqliteTransaction transaction, string name, long sequence) =>
        Execute(transaction, $"INSERT INTO progress (name, sequence) VALUES ('{name}', {sequence})");

    private static void Execute(SqliteTransaction transaction, string sql)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
