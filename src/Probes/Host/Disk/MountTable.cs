namespace NocMonitor.Probes.Host.Disk;

/// <summary>Chooses from all mounts of a namespace those that are reported: accepted by the filter, not covered by another mount, each file system once.</summary>
internal static class MountTable
{
    // One file system, many trees that an operator thinks of as file systems.
    private static readonly string[] TypesWithSubvolumes = ["btrfs", "bcachefs"];

    public static IReadOnlyList<Mount> Choose(IReadOnlyList<Mount> all, MountFilter filter, bool bindMounts)
    {
        var byId = new Dictionary<int, Mount>();
        foreach (var mount in all)
        {
            byId[mount.Id] = mount;
        }

        var siblings = all.ToLookup(mount => mount.ParentId);
        var seen = all.Where(filter.Accepts).Where(mount => IsSeen(mount, byId, siblings)).ToList();
        return bindMounts ? seen : [.. seen.Where(mount => !IsSecondView(mount, seen))];
    }

    /// <summary>
    /// Whether a path leads to this mount. Not when another mount lies on top of it, or of one it is mounted on, or was mounted later over a folder above it.
    /// Only the parents tell: the order of the table follows the numbers of the mounts or the time, and neither is the order of the layers.
    /// </summary>
    private static bool IsSeen(Mount mount, Dictionary<int, Mount> byId, ILookup<int, Mount> siblings)
    {
        if (siblings[mount.Id].Any(other => other != mount && other.Path == mount.Path))
        {
            return false;
        }

        var current = mount;
        for (var steps = 0; steps < byId.Count; steps++)
        {
            var onParent = siblings[current.ParentId].Where(other => other != current && other.Id != other.ParentId);
            if (onParent.Any(other => IsAbove(other.Path, current.Path)))
            {
                return false;
            }

            if (!byId.TryGetValue(current.ParentId, out var parent) || parent == current)
            {
                return true;
            }

            if (onParent.Any(other => other.Path == parent.Path))
            {
                return false;
            }

            current = parent;
        }

        return true;
    }

    private static bool IsAbove(string folder, string path) =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (folder.EndsWith('/') || path[folder.Length] == '/');

    /// <summary>
    /// Whether another mount shows the same file system, or the tree this one is part of. The one nearest to the root of the file system stays, of equals the one mounted first.
    /// </summary>
    private static bool IsSecondView(Mount mount, List<Mount> seen)
    {
        var place = seen.IndexOf(mount);
        for (var i = 0; i < seen.Count; i++)
        {
            var other = seen[i];
            if (i != place && other.DeviceNumber == mount.DeviceNumber && Shows(other, mount)
                && (other.Root.Length < mount.Root.Length || (other.Root.Length == mount.Root.Length && i < place)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Shows(Mount other, Mount mount) =>
        !TypesWithSubvolumes.Contains(mount.Type) || other.Root == mount.Root || IsAbove(other.Root, mount.Root);
}
