namespace NocMonitor.Collector.Hosting;

/// <summary>
/// The collector's data folder, held by one running collector at a time: a lock on <c>collector.lock</c>, which the operating system drops
/// with the process however it ends. Tokens may be edited beside a running collector and do not take the lock.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    public string Path { get; }

    /// <summary>Creates the folder where it is absent and takes it for this process.</summary>
    /// <exception cref="StartupException">It cannot be written, or another collector holds it.</exception>
    public static DataFolder Take(string path)
    {
        var full = Create(path);
        try
        {
            var file = new FileStream(System.IO.Path.Combine(full, "collector.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(full, file);
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(full, "permission denied");
        }
        catch (IOException exception)
        {
            throw IsHeld(exception)
                ? new StartupException($"the data folder {full} is in use by another collector", exception)
                : NotWritable(full, exception.Message);
        }
    }

    /// <summary>The full path of the folder, created where it is absent.</summary>
    public static string Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            // Alerts name hosts and commands, and tokens.db holds token hashes: nobody else's business.
            if (!Directory.Exists(full) && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
            }

            Directory.CreateDirectory(full);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(full, exception.Message);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static StartupException NotWritable(string path, string reason) => new($"the data folder {path} cannot be written: {reason}");

    /// <summary>EWOULDBLOCK from flock on Linux (11), macOS (35); ERROR_SHARING_VIOLATION (32) on Windows.</summary>
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 32 or 35;
}
