using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Cpu;

/// <summary>Options of the probe <c>cpu</c>.</summary>
internal sealed record CpuOptions
{
    /// <summary>Whether each CPU has a point of its own; default true.</summary>
    public required bool PerCpu { get; init; }

    /// <summary>Whether all CPUs together have a point, tagged <c>cpu-total</c>; default true.</summary>
    public required bool Total { get; init; }

    /// <summary>Whether points also carry the seconds since boot, <c>time_user</c> and so on; default false.</summary>
    public required bool Times { get; init; }

    /// <summary>How long the very first round measures; 50 ms to 5 s, default 500 ms.</summary>
    public required TimeSpan FirstSample { get; init; }

    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static CpuOptions Read(OptionReader options) => new()
    {
        PerCpu = options.Flag("PerCpu", true, "A point for each CPU, tagged cpu=cpu0 and so on."),
        Total = options.Flag("Total", true, "A point for all CPUs together, tagged cpu=cpu-total."),
        Times = options.Flag("Times", false, "Also the seconds since boot as time_user, time_idle and so on."),
        FirstSample = options.Duration("FirstSample", TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5),
            "How long the first round after a start measures, so that it has percentages too; later rounds measure since the round before."),
        Root = HostRoot.Read(options),
    };
}
