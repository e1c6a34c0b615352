using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Disk;

namespace NocMonitor.Probes.Tests.Host.Disk;

internal static class SomeDisk
{
    public static DiskOptions Options(HostRoot root) => new()
    {
        Paths = [],
        ExcludePaths = [],
        Types = [],
        ExcludeTypes = DiskOptions.DefaultExcludedTypes,
        BindMounts = false,
        Timeout = TimeSpan.FromSeconds(2),
        Root = root,
    };
}
