using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Files;

/// <summary>One file that a pattern matched: its way below the pattern's folder, its size and when it was last written (UTC).</summary>
internal readonly record struct MatchedFile(string Name, long Bytes, DateTimeOffset Written)
{
    private static readonly DateTimeOffset Earliest = UnixNanoseconds.ToTime(long.MinValue).AddTicks(1);
    private static readonly DateTimeOffset Latest = UnixNanoseconds.ToTime(long.MaxValue).AddTicks(-1);

    /// <summary>The time of writing as fields carry it. File systems hold any year; what line protocol cannot hold becomes its nearest end.</summary>
    public long WrittenNanoseconds => UnixNanoseconds.From(Written < Earliest ? Earliest : Written > Latest ? Latest : Written);
}

/// <summary>What one walk found. Filled by the walking thread, then handed over.</summary>
internal sealed class FileMatches
{
    public long Count { get; private set; }

    public long TotalBytes { get; private set; }

    public MatchedFile? Newest { get; private set; }

    public MatchedFile? Oldest { get; private set; }

    /// <summary>Folders that could not be listed; what lies in them is not counted.</summary>
    public int UnreadableFolders { get; private set; }

    /// <summary>Why the first of <see cref="UnreadableFolders"/> could not be listed.</summary>
    public string? FirstUnreadable { get; private set; }

    /// <summary>Why the walk ended before its end; null when it is complete.</summary>
    public string? Incomplete { get; set; }

    /// <summary>True when the folder the walk starts from is not there.</summary>
    public bool FolderMissing { get; set; }

    /// <param name="settled">Younger files are counted, and are not the newest yet: somebody may still be writing them.</param>
    public void Add(in MatchedFile file, DateTimeOffset settled)
    {
        Count++;
        TotalBytes += file.Bytes;
        if (file.Written <= settled && (Newest is null || file.Written > Newest.Value.Written))
        {
            Newest = file;
        }

        if (Oldest is null || file.Written < Oldest.Value.Written)
        {
            Oldest = file;
        }
    }

    public void AddUnreadable(string reason)
    {
        UnreadableFolders++;
        FirstUnreadable ??= reason;
    }
}
