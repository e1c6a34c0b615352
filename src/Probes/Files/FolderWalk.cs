using System.IO.Enumeration;

namespace NocMonitor.Probes.Files;

/// <summary>
/// Walks the folders below a pattern and collects the regular files that match. Symbolic links found on the way are neither followed nor counted, so
/// there is no loop and nothing counts twice. Ends early after so many entries or when cancelled. Blocks its thread on the file system.
/// </summary>
internal sealed class FolderWalk(PathPattern pattern, int mostEntries, DateTimeOffset settled)
{
    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly Stack<(string Path, ulong States)> _waiting = new();
    private readonly FileMatches _matches = new();
    private int _entries;

    public FileMatches Run(CancellationToken token)
    {
        _waiting.Push((pattern.Folder, pattern.Start));
        if (!Directory.Exists(pattern.Folder))
        {
            _matches.FolderMissing = true;
            return _matches;
        }

        while (_matches.Incomplete is null && _waiting.TryPop(out var folder))
        {
            token.ThrowIfCancellationRequested();
            try
            {
                List(folder.Path, folder.States, token);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _matches.AddUnreadable(exception.Message);
            }
        }

        return _matches;
    }

    private void List(string path, ulong states, CancellationToken token)
    {
        var entries = new FileSystemEnumerable<(MatchedFile? File, string? Folder, ulong States)>(
            path, (ref FileSystemEntry entry) => Look(path, ref entry, states), EveryEntry)
        {
            // What ends the walk must reach the loop even where nothing matches.
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                ++_entries > mostEntries || token.IsCancellationRequested || pattern.Advance(states, entry.FileName) != 0,
        };
        foreach (var (file, folder, next) in entries)
        {
            token.ThrowIfCancellationRequested();
            if (file is { } match)
            {
                _matches.Add(match, settled);
            }

            if (folder is not null)
            {
                _waiting.Push((folder, next));
            }

            if (_entries > mostEntries)
            {
                _matches.Incomplete = $"more than {mostEntries} entries below {pattern.Folder}; narrow the path or raise MaxEntries";
                return;
            }
        }
    }

    private (MatchedFile? File, string? Folder, ulong States) Look(string path, ref FileSystemEntry entry, ulong states)
    {
        var next = pattern.Advance(states, entry.FileName);
        var entered = entry.IsDirectory && pattern.LeadsOn(next);
        var counted = !entry.IsDirectory && pattern.Accepts(next);

        // The attributes cost a call into the file system; most entries are decided before.
        if (!(entered || counted) || (entry.Attributes & FileAttributes.ReparsePoint) != 0)
        {
            return default;
        }

        // Not ToFullPath: it gives an empty path where the whole is longer than PATH_MAX.
        var full = Path.Join(path, entry.FileName);
        return entered
            ? (null, full, next)
            : (new MatchedFile(Path.GetRelativePath(pattern.Folder, full), entry.Length, entry.LastWriteTimeUtc), null, 0);
    }
}
