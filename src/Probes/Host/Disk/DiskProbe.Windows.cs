using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>
/// Windows: the volumes of the mount manager with the letters and folders they are mounted at, and mapped network drives. A volume is asked for everything else
/// on a worker thread, since one that fell asleep or went away blocks.
/// </summary>
internal sealed partial class DiskProbe
{
    private const int DirectoryNotReady = 21;
    private const int AccessDeniedOnWindows = 5;

    // What a volume last said of itself, so that it is filtered and tagged the same while it does not answer. Worker threads write it.
    private readonly ConcurrentDictionary<string, VolumeFacts> _facts = new(StringComparer.OrdinalIgnoreCase);

    [SupportedOSPlatform("windows")]
    private List<Mount> ListVolumes() =>
    [
        .. Volumes.MountPaths().Select(ToMount).Where(mount => _filter.Accepts(mount)),
    ];

    private Mount ToMount(string mountPath)
    {
        var facts = _facts.GetValueOrDefault(mountPath);
        var name = mountPath.TrimEnd('\\');
        return new Mount { Path = name, Device = name, Type = facts?.Type ?? "", IsReadOnly = facts?.IsReadOnly ?? false };
    }

    [SupportedOSPlatform("windows")]
    private DiskSpace ReadVolume(Mount mount)
    {
        var path = mount.Path + '\\';
        if (Volumes.Describe(path) is { } facts)
        {
            _facts[path] = facts;
            if (!_filter.Accepts(mount with { Type = facts.Type }))
            {
                // Learnt only now that its type is not wanted: a total of 0 is not reported, and from now on it is not asked.
                return default;
            }

            if (Volumes.TryGetSpace(path, out var space))
            {
                return space with { Facts = facts };
            }
        }

        return Failure(Marshal.GetLastPInvokeError());
    }

    private static DiskSpace Failure(int error) => error == DirectoryNotReady
        ? default // A card reader without a card.
        : new DiskSpace
        {
            Result = error == AccessDeniedOnWindows ? ResultCode.ProbeFailed : ResultCode.ConnectionFailed,
            Error = Marshal.GetPInvokeErrorMessage(error),
        };
}
