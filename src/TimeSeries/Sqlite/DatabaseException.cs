using SQLitePCL;

namespace NocMonitor.TimeSeries.Sqlite;

/// <summary>SQLite refused a call. The code is SQLite's extended result code.</summary>
internal sealed class DatabaseException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>The file is not what SQLite wrote: set it aside.</summary>
    public bool IsTorn => (Code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
