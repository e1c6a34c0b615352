namespace NocMonitor.Probes.Processes;

/// <summary>
/// One process as the latest round saw it. Process ids are used again; with the time of its start an id names one process for good. Owned by the
/// process table, which reuses the object from round to round as long as the process lives.
/// </summary>
internal sealed class ProcessSample(int id, long birth)
{
    public int Id => id;

    /// <summary>The time of its start in the kernel's own count, which no step of the wall clock moves.</summary>
    public long Birth => birth;

    /// <summary>The time of its start by the wall clock.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>The kernel's name of it: on Linux the first 15 bytes of the program's file name, on Windows the whole.</summary>
    public string Name { get; set; } = "";

    /// <summary>Ended, and kept by the kernel only until its parent asks how.</summary>
    public bool IsZombie { get; set; }

    public TimeSpan UserCpu { get; set; }

    public TimeSpan SystemCpu { get; set; }

    public TimeSpan Cpu => UserCpu + SystemCpu;

    /// <summary>CPU time used up to the round before; zero for a process that was not there then.</summary>
    public TimeSpan CpuBefore { get; set; }

    public long ResidentBytes { get; set; }

    public long VirtualBytes { get; set; }

    public int Threads { get; set; }

    /// <summary>Open handles, where the system's table has them (Windows).</summary>
    public int? Handles { get; set; }

    /// <summary>Number of the round that saw it last.</summary>
    public long Round { get; set; }
}
