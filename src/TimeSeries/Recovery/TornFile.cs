using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Recovery;

/// <summary>Checks a SQLite file before it is used, and moves it aside when it is not what was written.</summary>
internal static class TornFile
{
    /// <summary>What is wrong with the file, or null. A file larger than the limit is only opened: its chunks carry checksums that are checked as they are read.</summary>
    public static string? Fault(string path, long fullCheckBytes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var database = Database.OpenForWriting(path);
            using var check = database.Prepare(new FileInfo(path).Length <= fullCheckBytes ? "PRAGMA quick_check(1)" : "SELECT 'ok' FROM sqlite_schema LIMIT 1");
            var result = check.Step() ? check.Text(0) : "ok";
            return result == "ok" ? null : result;
        }
        catch (DatabaseException error) when (error.IsTorn)
        {
            return error.Message;
        }
    }

    /// <summary>Renames the file and what belongs to it; gives the new name.</summary>
    public static string SetAside(string path, TimeProvider time)
    {
        var suffix = $".torn-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        for (var i = 1; File.Exists(path + suffix); i++)
        {
            suffix = $".torn-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{i}";
        }

        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + part))
            {
                File.Move(path + part, path + suffix + part);
            }
        }

        return path + suffix;
    }
}
