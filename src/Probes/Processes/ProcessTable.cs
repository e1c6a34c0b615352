using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Processes;

/// <summary>
/// All processes of the machine, read in one pass a round, and what of them is only read when somebody asks: command line, unit, open files. Keeps a
/// small object per living process between rounds. One caller at a time.
/// </summary>
internal sealed partial class ProcessTable(HostRoot root, TimeProvider time)
{
    private readonly Dictionary<int, ProcessSample> _known = [];
    private readonly List<int> _gone = [];
    private long _round;

    public IReadOnlyCollection<ProcessSample> All => _known.Values;

    /// <summary>True until there are two rounds to take a difference of.</summary>
    public bool IsFirstRound => _round < 2;

    public ProcessSample? Find(int id) => _known.GetValueOrDefault(id);

    /// <summary>Reads the table anew.</summary>
    public void Refresh(CancellationToken token)
    {
        _round++;
        if (OperatingSystem.IsWindows())
        {
            RefreshWindows();
        }
        else
        {
            RefreshLinux(token);
        }

        foreach (var (id, process) in _known)
        {
            if (process.Round != _round)
            {
                _gone.Add(id);
            }
        }

        _gone.ForEach(id => _known.Remove(id));
        _gone.Clear();
    }

    /// <summary>The command line as one text, arguments set apart by blanks; the name in brackets where there is none. Valid until the next call.</summary>
    public ReadOnlySpan<char> CommandLine(ProcessSample process)
    {
        var text = OperatingSystem.IsWindows() ? CommandLineWindows(process) : CommandLineLinux(process);
        return text.IsEmpty ? $"[{process.Name}]" : text;
    }

    /// <summary>True when the process runs as part of a systemd unit, on Windows as the service of that name.</summary>
    public bool IsOfUnit(ProcessSample process, string unit) =>
        OperatingSystem.IsWindows() ? IsOfServiceWindows(process, unit) : IsOfUnitLinux(process, unit);

    /// <summary>Open files or handles; null when we may not look.</summary>
    public int? OpenFiles(ProcessSample process) => OperatingSystem.IsWindows() ? process.Handles : OpenFilesLinux(process);

    /// <summary>The object of a process that this round sees; a new one when the id now belongs to another process.</summary>
    private ProcessSample See(int id, long birth)
    {
        if (!_known.TryGetValue(id, out var process) || process.Birth != birth)
        {
            process = new ProcessSample(id, birth);
            _known[id] = process;
        }

        process.CpuBefore = process.Cpu;
        process.Round = _round;
        return process;
    }
}
