using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>Options of the probe <c>diskio</c>.</summary>
internal sealed record DiskIoOptions
{
    /// <summary>Devices that are memory, or files of file systems that are reported themselves, or drives without a disk most of the time.</summary>
    public static readonly string[] DefaultExcludedDevices = ["ram*", "loop*", "fd*", "sr*", "nbd*"];

    /// <summary>Patterns of devices to report, partitions too, whatever the other options say; empty means all others.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Patterns of devices to leave out; default <see cref="DefaultExcludedDevices"/>.</summary>
    public required IReadOnlyList<string> ExcludeDevices { get; init; }

    /// <summary>Whether partitions are reported besides whole disks; default false.</summary>
    public required bool Partitions { get; init; }

    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static DiskIoOptions Read(OptionReader options) => new()
    {
        Devices = options.Texts("Devices", [], "Devices to report, partitions too, as patterns such as sd* or nvme0n1; all others when empty."),
        ExcludeDevices = options.Texts("ExcludeDevices", DefaultExcludedDevices, "Devices to leave out, as patterns."),
        Partitions = options.Flag("Partitions", false, "Report partitions besides whole disks. Linux only."),
        Root = HostRoot.Read(options),
    };
}
