using System.Collections.Frozen;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>Which mounts are reported, by type and by path.</summary>
internal sealed class MountFilter(DiskOptions options)
{
    // File systems that are interfaces of the kernel and have no space. Never to be asked: asking autofs would mount what it waits for.
    private static readonly FrozenSet<string> Pseudo = FrozenSet.Create(
        StringComparer.Ordinal,
        "autofs", "binderfs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "cpuset", "debugfs", "devpts", "efivarfs", "fuse.gvfsd-fuse", "fuse.lxcfs",
        "fuse.portal", "fusectl", "hugetlbfs", "mqueue", "nfsd", "none", "nsfs", "pipefs", "proc", "pstore", "resctrl", "rpc_pipefs", "securityfs", "selinuxfs",
        "smackfs", "sockfs", "sysfs", "tracefs");

    private readonly NamePattern[] _paths = Patterns(options.Paths);
    private readonly NamePattern[] _excludePaths = Patterns(options.ExcludePaths);
    private readonly NamePattern[] _types = Patterns(options.Types);
    private readonly NamePattern[] _excludeTypes = Patterns(options.ExcludeTypes);

    /// <summary>A type that is not known yet, as that of a volume of Windows before it is asked, is accepted.</summary>
    public bool Accepts(Mount mount) => AcceptsPath(mount.Path) && (mount.Type.Length == 0 || (!Pseudo.Contains(mount.Type) && AcceptsType(mount.Type)));

    private bool AcceptsType(string type) => _types.Length > 0 ? MatchesAny(_types, type) : !MatchesAny(_excludeTypes, type);

    private bool AcceptsPath(string path) => (_paths.Length == 0 || MatchesAny(_paths, path)) && !MatchesAny(_excludePaths, path);

    private static bool MatchesAny(NamePattern[] patterns, string name) => Array.Exists(patterns, pattern => pattern.Matches(name));

    private static NamePattern[] Patterns(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => new NamePattern(text, ignoreCase: OperatingSystem.IsWindows()))];
}
