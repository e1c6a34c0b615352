using NocMonitor.Configuration;

namespace NocMonitor.Agent.Settings;

/// <summary>Bounds of what waits on disk for delivery. Beyond them the oldest points go first, and are counted.</summary>
public sealed record SpoolOptions
{
    /// <summary>Bytes on disk.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Age of the oldest point that is still worth delivering.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Bytes kept in memory while the disk refuses writes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes of the dead-letter file, which keeps the lines that a collector refused.</summary>
    public required long DeadLetterBytes { get; init; }

    public static SpoolOptions Read(OptionReader options) => new()
    {
        MaxBytes = options.Bytes("MaxBytes", 256L << 20, 1 << 20, 1L << 40, "Bytes on disk; beyond them the oldest points are dropped and counted."),
        MaxAge = options.Duration("MaxAge", TimeSpan.FromDays(7), TimeSpan.FromMinutes(1), TimeSpan.FromDays(365),
            "Points older than this are dropped and counted instead of delivered."),
        MemoryBytes = options.Bytes("MemoryBytes", 1 << 20, 64 << 10, 1 << 30, "Bytes kept in memory while the disk is full or refuses writes."),
        DeadLetterBytes = options.Bytes("DeadLetterBytes", 1 << 20, 4 << 10, 1L << 30, "Bytes of the file that keeps lines a collector refused; the file before it is kept once."),
    };
}
