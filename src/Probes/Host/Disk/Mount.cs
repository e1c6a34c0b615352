namespace NocMonitor.Probes.Host.Disk;

/// <summary>One mounted file system.</summary>
internal sealed record Mount
{
    /// <summary>Number of this mount; on Windows always 0.</summary>
    public int Id { get; init; }

    /// <summary>The mount on which this one is mounted.</summary>
    public int ParentId { get; init; }

    /// <summary>Device number of the file system as the kernel prints it; mounts of one file system share it.</summary>
    public string DeviceNumber { get; init; } = "";

    /// <summary>Which folder of the file system is mounted: <c>/</c> except for bind mounts and subvolumes.</summary>
    public string Root { get; init; } = "/";

    /// <summary>Where it is mounted.</summary>
    public required string Path { get; init; }

    /// <summary>The same as bytes, which need not be UTF-8, with a zero byte at the end; only on Linux.</summary>
    public byte[] RawPath { get; init; } = [];

    /// <summary>Type of the file system, such as ext4.</summary>
    public string Type { get; init; } = "";

    /// <summary>The device without <c>/dev/</c>, or what stands for it: <c>sda1</c>, <c>server:/export</c>.</summary>
    public string Device { get; init; } = "";

    public bool IsReadOnly { get; init; }
}
