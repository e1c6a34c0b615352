namespace NocMonitor.Agent.Settings;

/// <summary>
/// Tells when a file of the configuration was written, made or deleted, by looking at times and lengths: no notification of the system is needed, none
/// gets lost, and it works on network file systems and on the links by which containers swap a configuration. One owner.
/// </summary>
internal sealed class ConfigWatch(TimeProvider time)
{
    /// <summary>A file that an editor is still writing looks different after so long.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private string _seen = "";

    /// <summary>Takes the present state of these files as known.</summary>
    public void Accept(IEnumerable<string> files) => _seen = Look(files);

    /// <summary>True when the files differ from what was accepted, once they stopped changing.</summary>
    public async ValueTask<bool> HasChangedAsync(IReadOnlyList<string> files, CancellationToken token)
    {
        var now = Look(files);
        if (now == _seen)
        {
            return false;
        }

        for (var before = ""; before != now; now = Look(files))
        {
            before = now;
            await Task.Delay(Settle, time, token);
        }

        _seen = now;
        return true;
    }

    /// <summary>Time and length of each file as text; equal texts mean untouched files.</summary>
    public static string Look(IEnumerable<string> files) => string.Join('\n', files.Select(file =>
    {
        // The file behind a link: a container's configuration changes by turning a link, whose own time stays.
        var info = File.Exists(file) && File.ResolveLinkTarget(file, returnFinalTarget: true) is FileInfo target ? target : new FileInfo(file);
        return info.Exists ? $"{file} {info.LastWriteTimeUtc.Ticks} {info.Length}"
            : Directory.Exists(file) ? $"{file} {info.LastWriteTimeUtc.Ticks}" : file;
    }));
}
