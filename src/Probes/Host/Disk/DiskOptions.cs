using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>Options of the probe <c>disk</c>.</summary>
internal sealed record DiskOptions
{
    /// <summary>
    /// Types that hold nothing that fills up for want of attention: memory, images that are full by nature, layers over a file system that has a point of its own.
    /// </summary>
    public static readonly string[] DefaultExcludedTypes =
        ["tmpfs", "devtmpfs", "devfs", "ramfs", "overlay", "aufs", "squashfs", "erofs", "cramfs", "iso9660", "udf", "fuse.snapfuse", "CDFS"];

    /// <summary>Patterns of mount points to report; empty means all.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Patterns of mount points to leave out; none by default.</summary>
    public required IReadOnlyList<string> ExcludePaths { get; init; }

    /// <summary>Patterns of file system types to report, whatever <see cref="ExcludeTypes"/> says; empty means all others.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Patterns of file system types to leave out; default <see cref="DefaultExcludedTypes"/>.</summary>
    public required IReadOnlyList<string> ExcludeTypes { get; init; }

    /// <summary>Whether a file system that is mounted in several places is reported for each of them; default false.</summary>
    public required bool BindMounts { get; init; }

    /// <summary>Time limit of one file system; 100 ms to 1 min, default 3 s.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static DiskOptions Read(OptionReader options) => new()
    {
        Paths = options.Texts("Paths", [], "Mount points to report, as patterns with * and ?; all when empty."),
        ExcludePaths = options.Texts("ExcludePaths", [], "Mount points to leave out, as patterns."),
        Types = options.Texts("Types", [], "File system types to report, as patterns, whatever ExcludeTypes says; all others when empty."),
        ExcludeTypes = options.Texts("ExcludeTypes", DefaultExcludedTypes, "File system types to leave out, as patterns."),
        BindMounts = options.Flag("BindMounts", false, "Report a file system that is mounted in several places for each of them, not only once."),
        Timeout = options.Duration("Timeout", TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1),
            "Time limit of one file system. One that does not answer, such as a dead NFS mount, is reported with result_code 2 and holds up no other."),
        Root = HostRoot.Read(options),
    };
}
