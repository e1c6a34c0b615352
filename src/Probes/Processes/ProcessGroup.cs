namespace NocMonitor.Probes.Processes;

/// <summary>One watched group: says which processes belong to it and gathers them for the round. Used by one round at a time.</summary>
internal sealed class ProcessGroup(ProcessGroupOptions options)
{
    // The kernel keeps this much of a program's file name (TASK_COMM_LEN less the zero).
    private const int LongestKernelName = 15;

    private readonly PidFile? _pidFile = options.PidFile is { } path ? new PidFile(path) : null;
    private ProcessSample? _fromFile;

    public ProcessGroupOptions Options => options;

    public List<ProcessSample> Members { get; } = [];

    /// <summary>Ended members that their parent has not asked after.</summary>
    public int Zombies { get; private set; }

    /// <summary>Why the pid file names no process; empty when it does or there is none.</summary>
    public string PidFileProblem { get; private set; } = "";

    /// <summary>Starts a round: forgets the members of the last.</summary>
    public void Begin(ProcessTable table)
    {
        Members.Clear();
        Zombies = 0;
        PidFileProblem = "";
        if (_pidFile is not null)
        {
            _fromFile = _pidFile.Find(table, out var problem);
            PidFileProblem = problem;
        }
    }

    public void Offer(ProcessSample process, ProcessTable table)
    {
        if (!Matches(process, table))
        {
            return;
        }

        if (process.IsZombie)
        {
            Zombies++;
        }
        else
        {
            Members.Add(process);
        }
    }

    /// <summary>The cheap tests stand first: most processes are decided by name.</summary>
    private bool Matches(ProcessSample process, ProcessTable table)
    {
        if ((_pidFile is not null && process != _fromFile) || (options.Executable is not null && !IsNamed(process, table)))
        {
            return false;
        }

        if (options.Unit is { } unit && !table.IsOfUnit(process, unit))
        {
            return false;
        }

        if (options.Pattern is not { } pattern)
        {
            return true;
        }

        // The agent's own command line may hold the pattern, as grep's does; by name it may well watch itself.
        var isOwn = process.Id == Environment.ProcessId && options.Executable is null && options.Unit is null && _pidFile is null;
        return !isOwn && pattern.IsMatch(table.CommandLine(process));
    }

    private bool IsNamed(ProcessSample process, ProcessTable table)
    {
        var executable = options.Executable!;
        if (OperatingSystem.IsWindows())
        {
            return executable.Matches(process.Name)
                || (process.Name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) && executable.Matches(process.Name.AsSpan(0, process.Name.Length - 4)));
        }

        return executable.Matches(process.Name) || (process.Name.Length == LongestKernelName && executable.Matches(ProgramName(table.CommandLine(process))));
    }

    /// <summary>The file name of the first argument, for names that the kernel cut.</summary>
    private static ReadOnlySpan<char> ProgramName(ReadOnlySpan<char> commandLine)
    {
        var end = commandLine.IndexOf(' ');
        var program = end < 0 ? commandLine : commandLine[..end];
        return program[(program.LastIndexOf('/') + 1)..];
    }
}
