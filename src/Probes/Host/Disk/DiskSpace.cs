namespace NocMonitor.Probes.Host.Disk;

/// <summary>What a file system says of its space, in bytes, or why it does not.</summary>
internal readonly record struct DiskSpace
{
    public ulong Total { get; init; }

    /// <summary>Free for the system's own use too.</summary>
    public ulong Free { get; init; }

    /// <summary>Free for an ordinary user.</summary>
    public ulong Available { get; init; }

    /// <summary>Files the file system can hold; 0 when it has no such limit.</summary>
    public ulong Inodes { get; init; }

    public ulong InodesFree { get; init; }

    /// <summary>A value of <see cref="ResultCode"/>; the numbers above mean nothing when it is not 0.</summary>
    public long Result { get; init; }

    /// <summary>Why there is no answer; null when there is one.</summary>
    public string? Error { get; init; }

    /// <summary>What only asking tells on Windows; null where the mount table knows.</summary>
    public VolumeFacts? Facts { get; init; }
}

/// <summary>What a volume of Windows says of itself.</summary>
internal sealed record VolumeFacts(string Type, bool IsReadOnly);
