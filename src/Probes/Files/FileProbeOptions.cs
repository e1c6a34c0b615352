using NocMonitor.Configuration;

namespace NocMonitor.Probes.Files;

/// <summary>Options of the <c>file</c> probe. A limit of 0 is no limit.</summary>
internal sealed record FileProbeOptions
{
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);

    /// <summary>Files, or patterns of files, that share the limits below.</summary>
    public required IReadOnlyList<PathPattern> Paths { get; init; }

    public required FileExpectation Expect { get; init; }

    /// <summary>Oldest age of the file, or of the newest match.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Oldest age of any match.</summary>
    public required TimeSpan MaxOldestAge { get; init; }

    /// <summary>Smallest size of the file, or of the newest match.</summary>
    public required long MinSize { get; init; }

    public required long MaxSize { get; init; }

    /// <summary>Largest sum of all matches.</summary>
    public required long MaxTotalSize { get; init; }

    public required int MinCount { get; init; }

    public required int MaxCount { get; init; }

    /// <summary>A match written to more recently is not judged as the newest.</summary>
    public required TimeSpan SettleTime { get; init; }

    public required bool Checksum { get; init; }

    public required long ChecksumLimit { get; init; }

    public required int MaxEntries { get; init; }

    /// <summary>Time limit of one path.</summary>
    public required TimeSpan Timeout { get; init; }

    public static FileProbeOptions Read(OptionReader options)
    {
        var texts = options.Texts("Paths", [], "Full paths of files, or patterns with *, ?, [a-z] and ** for any number of folders. At least one.");
        var recursive = options.Flag("Recursive", false, "Look for the last part of each path in all folders below, too.");
        var checksum = options.Flag("Checksum", false, "Report the SHA-256 of a file and whether it changed; only for paths without wildcards.");
        return new FileProbeOptions
        {
            Paths = ReadPaths(options, texts, recursive, checksum),
            Expect = options.Choice("Expect", FileExpectation.Present, "Whether the file, or at least one match, is meant to be there."),
            MaxAge = Limit(options, "MaxAge", "Oldest age of the file, or of the newest match, since it was last written; 0 is no limit."),
            MaxOldestAge = Limit(options, "MaxOldestAge", "Oldest age of any match, for queues that must drain; 0 is no limit."),
            MinSize = options.Bytes("MinSize", 0, 0, long.MaxValue, "Smallest size of the file, or of the newest match; 0 is no limit."),
            MaxSize = options.Bytes("MaxSize", 0, 0, long.MaxValue, "Largest size of the file, or of the newest match; 0 is no limit."),
            MaxTotalSize = options.Bytes("MaxTotalSize", 0, 0, long.MaxValue, "Largest sum of the sizes of all matches; 0 is no limit."),
            MinCount = options.Integer("MinCount", 0, 0, 100_000_000, "Least number of matches; 0 is no limit."),
            MaxCount = options.Integer("MaxCount", 0, 0, 100_000_000, "Largest number of matches; 0 is no limit."),
            SettleTime = options.Duration("SettleTime", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(1),
                "A match written to within this time is counted, and not judged as the newest: a backup still running is not a small backup."),
            Checksum = checksum,
            ChecksumLimit = options.Bytes("ChecksumLimit", 64L << 20, 1, 64L << 30, "Largest file whose checksum is taken."),
            MaxEntries = options.Integer("MaxEntries", 100_000, 1, 100_000_000, "Entries looked at for one pattern; a walk that meets more fails."),
            Timeout = options.Duration("Timeout", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1),
                "Time limit of one path; a file system that hangs costs no more than this."),
        };
    }

    private static TimeSpan Limit(OptionReader options, string name, string help) =>
        options.Duration(name, TimeSpan.Zero, TimeSpan.Zero, TenYears, help);

    private static List<PathPattern> ReadPaths(OptionReader options, IReadOnlyList<string> texts, bool recursive, bool checksum)
    {
        var paths = new List<PathPattern>();
        foreach (var text in texts)
        {
            if (PathPattern.Parse(text, recursive, out var reason) is not { } path)
            {
                options.Fail("Paths", reason);
                continue;
            }

            if (checksum && !path.IsLiteral)
            {
                options.Fail("Checksum", $"'{text}' is a pattern; a checksum needs a path without wildcards and without Recursive");
            }

            paths.Add(path);
        }

        if (texts.Count == 0)
        {
            options.Fail("Paths", "at least one path is required");
        }

        return paths;
    }
}
