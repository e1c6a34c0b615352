using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using NocMonitor.Probes.Host.Linux;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>Linux: the mount table of the namespace, and statvfs for each.</summary>
internal sealed partial class DiskProbe
{
    private const int PermissionDenied = 1;
    private const int AccessDenied = 13;

    private readonly ProcFile _mountInfo;
    private byte[] _lastMountInfo = [];
    private IReadOnlyList<Mount> _mounts = [];

    [UnsupportedOSPlatform("windows")]
    private IReadOnlyList<Mount> ListMounts()
    {
        var text = _mountInfo.Read();
        if (!text.SequenceEqual(_lastMountInfo))
        {
            _mounts = MountTable.Choose(MountInfoParser.Parse(text), _filter, _options.BindMounts);
            _lastMountInfo = text.ToArray();
        }

        return _mounts;
    }

    [UnsupportedOSPlatform("windows")]
    private DiskSpace ReadMount(Mount mount)
    {
        var error = LibC.ReadFileSystem(_options.Root.Path == HostRoot.Default ? mount.RawPath : SeenFromHere(mount), out var status);
        if (error != 0)
        {
            return new DiskSpace
            {
                Result = error is PermissionDenied or AccessDenied ? ResultCode.ProbeFailed : ResultCode.ConnectionFailed,
                Error = Marshal.GetPInvokeErrorMessage(error),
            };
        }

        return new DiskSpace
        {
            Total = Product(status.Blocks, status.FragmentSize),
            Free = Product(status.BlocksFree, status.FragmentSize),
            Available = Product(status.BlocksAvailable, status.FragmentSize),
            Inodes = status.Files,
            InodesFree = status.FilesFree,
        };
    }

    private byte[] SeenFromHere(Mount mount) => [.. Encoding.UTF8.GetBytes(_options.Root.Path), .. mount.RawPath];

    private static ulong Product(ulong blocks, ulong blockSize) => blockSize > 0 && blocks > ulong.MaxValue / blockSize ? ulong.MaxValue : blocks * blockSize;
}
