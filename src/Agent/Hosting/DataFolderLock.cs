namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Holds the agent's data folder for one process: two agents on one spool would tear each other's files. The operating system drops the lock with the
/// process however it ends. Commands that only read and report, such as <c>once</c> and <c>discover</c>, do not take it.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "agent.lock";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Makes the folder when it is not there and takes it.</summary>
    /// <exception cref="IOException">Another agent holds it, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static DataFolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new DataFolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new IOException("another agent is running on this folder", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK of flock on Linux (11) and macOS (35), ERROR_SHARING_VIOLATION on Windows (32).</summary>
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 32 or 35;
}
