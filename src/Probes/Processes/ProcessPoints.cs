using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Processes;

/// <summary>Makes the points of a group: <c>procstat_lookup</c> with the count, and <c>procstat</c> with what the processes use. Names are Telegraf's.</summary>
internal static class ProcessPoints
{
    public static Point Lookup(ProcessGroup group)
    {
        var (options, count) = (group.Options, group.Members.Count);
        var error = group.PidFileProblem.Length > 0 && options.MinCount > 0 ? group.PidFileProblem
            : count < options.MinCount ? $"{count} processes, at least {options.MinCount} expected"
            : options.MaxCount > 0 && count > options.MaxCount ? $"{count} processes, at most {options.MaxCount} expected"
            : null;
        var point = Tagged("procstat_lookup", options)
            .Field("pid_count", count)
            .Field("running", count)
            .Field("zombies", group.Zombies)
            .Field("result_code", error is null ? ResultCode.Success : ResultCode.Mismatch);
        return error is null ? point : point.Field("error", error);
    }

    /// <summary>The point of a group in a round in which the processes could not be read at all.</summary>
    public static Point Unreadable(ProcessGroup group, string reason) =>
        Tagged("procstat_lookup", group.Options).Field("result_code", ResultCode.ProbeFailed).Field("error", reason);

    /// <param name="processes">One process or more; what they use is summed.</param>
    /// <param name="elapsed">Since the round before; null in the first.</param>
    public static Point Use(ProcessGroupOptions options, IReadOnlyList<ProcessSample> processes, ProcessTable table, TimeSpan? elapsed, DateTimeOffset now)
    {
        var point = Tagged("procstat", options);
        if (options.PerProcess)
        {
            point.Tag("pid", $"{processes[0].Id}");
        }

        if (elapsed is { } interval)
        {
            // Of one CPU, as top shows it: a process that keeps two busy uses 200 %. What a process used before the agent first saw it counts for the
            // round it appeared in.
            var used = processes.Sum(process => (process.Cpu - process.CpuBefore).TotalSeconds);
            point.Field("cpu_usage", Percent.Of(Math.Max(0, used), interval.TotalSeconds));
        }

        var (first, last) = (processes.Min(process => process.Started), processes.Max(process => process.Started));
        point.Field("cpu_time_user", Seconds(processes.Sum(process => process.UserCpu.TotalSeconds)))
            .Field("cpu_time_system", Seconds(processes.Sum(process => process.SystemCpu.TotalSeconds)))
            .Field("memory_rss", processes.Sum(process => process.ResidentBytes))
            .Field("memory_vms", processes.Sum(process => process.VirtualBytes))
            .Field("num_threads", processes.Sum(process => process.Threads))
            .Field("created_at", UnixNanoseconds.From(first))
            .Field("age_seconds", Age(now, first))
            .Field("youngest_age_seconds", Age(now, last));
        return AddOpenFiles(point, processes, table);
    }

    private static Point AddOpenFiles(Point point, IReadOnlyList<ProcessSample> processes, ProcessTable table)
    {
        var sum = 0L;
        foreach (var process in processes)
        {
            // A sum that leaves some out would be wrong, and nobody could tell.
            if (table.OpenFiles(process) is not { } count)
            {
                return point;
            }

            sum += count;
        }

        return point.Field("num_fds", sum);
    }

    /// <summary>The kernel counts in hundredths; more digits are the noise of adding.</summary>
    private static double Seconds(double seconds) => Math.Round(seconds, 2);

    private static double Age(DateTimeOffset now, DateTimeOffset started) => Math.Round(Math.Max(0, (now - started).TotalSeconds), 1);

    private static Point Tagged(string measurement, ProcessGroupOptions options) => new Point(measurement)
        .Tag("process_name", options.Name)
        .Tag("exe", options.Executable?.Text)
        .Tag("pattern", options.Pattern?.ToString())
        .Tag("pidfile", options.PidFile)
        .Tag(OperatingSystem.IsWindows() ? "win_service" : "systemd_unit", options.Unit);
}
