using NocMonitor.TimeSeries.Catalog;

namespace NocMonitor.TimeSeries.Sqlite;

/// <summary>What the store's two SQLite files have in common: page size, journal, durability, version.</summary>
internal static class StoreFile
{

    /// <summary>SQLite's own log of a file is moved into the file when it has grown so far, and cut back to that.</summary>
    public const int JournalBytes = 4 << 20;

    /// <summary>"NocM" as SQLite's application id, so that file(1) and we recognise the file.</summary>
    private const int ApplicationId = 0x4E6F634D;

    private const int Version = 3;

    /// <summary>
    /// Brings a new or known file into shape. WAL journal with synchronous=FULL: SQLite calls fsync before COMMIT returns, so what is committed
    /// survives a power cut, and readers never wait for the writer.
    /// </summary>
    public static void Configure(Database database, string role, int pageBytes, string schema)
    {
        database.Execute($"PRAGMA page_size = {pageBytes}");
        database.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute("PRAGMA cache_size = -2048");
        database.Execute($"PRAGMA wal_autocheckpoint = {JournalBytes / PageSize(database)}");
        database.Execute($"PRAGMA journal_size_limit = {JournalBytes}");
        var version = database.Scalar("PRAGMA user_version");
        if (version > Version)
        {
            throw new NotSupportedException($"{database.Path} was written by a later version of this program: its {role} format is {version}, known is {Version}");
        }

        if (version == Version)
        {
            // Opening writes nothing, so that a store on a full disk can still be read; only the first opening by a later version does.
            return;
        }

        database.Transact(() =>
        {
            CatalogTables.Create(database);
            database.ExecuteScript(schema);
            database.Execute($"PRAGMA application_id = {ApplicationId}");
            database.Execute($"PRAGMA user_version = {Version}");
        });
    }

    /// <summary>Gives so many free pages back to the volume, and empties SQLite's own log when no reader is in it.</summary>
    public static void Shrink(Database database, int pages)
    {
        database.Execute($"PRAGMA incremental_vacuum({pages})");
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>A file keeps the size of its pages for ever, also when new ones get another.</summary>
    public static long PageSize(Database database) => database.Scalar("PRAGMA page_size");

    public static long UsedBytes(Database database) =>
        (database.Scalar("PRAGMA page_count") - database.Scalar("PRAGMA freelist_count")) * PageSize(database);
}
