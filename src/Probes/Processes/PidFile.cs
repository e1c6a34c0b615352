using System.Buffers.Text;

namespace NocMonitor.Probes.Processes;

/// <summary>
/// The process that a pid file names. The id in the file may by now belong to another process: one that started after the file was written, or another
/// than the one that was found while the file stood as it stands. One group's, one caller at a time.
/// </summary>
internal sealed class PidFile(string path)
{
    // Process starts are known by the wall clock as it runs now; a step of the clock since the file was written must not look like reuse.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private (int Id, DateTime Written, long Birth)? _last;

    /// <summary>The process; null with a reason in words.</summary>
    public ProcessSample? Find(ProcessTable table, out string reason)
    {
        if (!TryRead(out var id, out var written, out reason))
        {
            return null;
        }

        if (table.Find(id) is not { } process)
        {
            reason = $"process {id} of {path} is not running";
            return null;
        }

        var known = _last is { } last && last.Id == id && last.Written == written;
        if (known ? _last!.Value.Birth != process.Birth : process.Started > written + Slack)
        {
            reason = $"process {id} of {path} is another one by now: {process.Name}";
            return null;
        }

        _last = (id, written, process.Birth);
        return process;
    }

    private bool TryRead(out int id, out DateTime written, out string reason)
    {
        (id, written, reason) = (0, default, "");
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> buffer = stackalloc byte[64];
            var text = buffer[..RandomAccess.Read(file, buffer, 0)].TrimStart(" \t\r\n"u8);
            written = File.GetLastWriteTimeUtc(file);
            if (Utf8Parser.TryParse(text, out id, out _) && id > 0)
            {
                return true;
            }

            reason = $"{path} holds no process id";
        }
        catch (FileNotFoundException)
        {
            reason = $"{path} does not exist";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reason = exception.Message;
        }

        return false;
    }
}
