using NocMonitor.Probes.Exec;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Services;

/// <summary>One answer of systemd.</summary>
/// <param name="Units">Each with the name it is reported by, and whether the configuration names this very unit.</param>
/// <param name="Unanswered">The names that the answer leaves out: all of them where there was no answer.</param>
/// <param name="Reason">Why they are left out.</param>
/// <param name="Result">The result code for them.</param>
internal sealed record SystemdAnswer(
    IReadOnlyList<(string Name, SystemdUnit Unit, bool IsNamed)> Units,
    IReadOnlyList<string> Unanswered,
    string Reason = "systemd said nothing of it",
    long Result = ResultCode.ProbeFailed);

/// <summary>Asks systemd about all units of a probe in one call of <c>systemctl show</c>, without a shell.</summary>
internal sealed class SystemctlShow(ServiceOptions options, TimeProvider time)
{
    private const string NotRunning = "systemd does not run this machine";
    private const int LargestOutput = 16 << 20;

    private static readonly string[] UnitTypes =
        [".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope"];

    private readonly string[] _named = [.. options.Names.Where(name => !IsAutomatic(name) && !NamePattern.HasWildcards(name)).Select(UnitName).Distinct()];
    private readonly string[] _patterns = [.. options.Names.Where(name => !IsAutomatic(name) && NamePattern.HasWildcards(name)).Select(UnitName).Distinct()];

    public async Task<SystemdAnswer> AskAsync(CancellationToken token)
    {
        if (ProgramPath.Find(options.Systemctl) is not { } program)
        {
            return Failed($"no program {options.Systemctl}: this machine has no systemd");
        }

        // The machine's own systemctl would say the same at the price of a process each round; another program may know better.
        if (!SystemdRuns() && !Path.IsPathFullyQualified(options.Systemctl))
        {
            return Failed(NotRunning);
        }

        // A pattern finds the units that are loaded, which those to be started at boot always are.
        IEnumerable<string> units = [.. _named, .. _patterns, .. options.WatchesAutomatic ? ["*.service"] : Array.Empty<string>()];
        var call = new ProgramCall(program, ["show", "--no-pager", $"--property={SystemdUnit.Properties}", "--", .. units])
        {
            Environment = PluginEnvironment.Create([], new Dictionary<string, string>()),
            Folder = "/",
            OutputLimit = LargestOutput,
            TimeLimit = options.Timeout,
        };
        var run = await ChildProcess.RunAsync(call, time, token);
        return run switch
        {
            { Ending: ProgramEnding.TimedOut } => Failed("systemd did not answer in time", ResultCode.Timeout),
            { Ending: ProgramEnding.NotStarted } => Failed($"{program} cannot be started: {run.Errors}"),
            { ExitCode: not 0 } => Failed(Reason(run)),
            { Truncated: true } => Failed("systemd's answer is longer than 16 MiB"),
            _ => Assign(SystemdUnit.ParseAll(run.Output)),
        };
    }

    private SystemdAnswer Failed(string error, long result = ResultCode.ProbeFailed) =>
        new([], [.. _named, .. _patterns, .. options.WatchesAutomatic ? [ServiceOptions.Automatic] : Array.Empty<string>()], error, result);

    /// <summary>sd_booted(3): the folder is there exactly when systemd runs the machine.</summary>
    private static bool SystemdRuns() => Directory.Exists("/run/systemd/system");

    private static string Reason(ProgramResult run)
    {
        if (!SystemdRuns())
        {
            return NotRunning;
        }

        var text = run.Errors.Trim();
        return text.Length > 0 ? text.Split('\n')[0] : $"systemctl ended with exit code {run.ExitCode}";
    }

    /// <summary>
    /// systemctl prints the units that were named first and in their order, then what the patterns found. A unit may be named by an alias; it is reported by
    /// the name the configuration has for it, and once.
    /// </summary>
    private SystemdAnswer Assign(List<SystemdUnit> printed)
    {
        var units = new List<(string, SystemdUnit, bool)>();
        var reported = new HashSet<string>(StringComparer.Ordinal);
        var answered = Math.Min(_named.Length, printed.Count);
        for (var i = 0; i < answered; i++)
        {
            reported.Add(printed[i].Id);
            units.Add((_named[i], printed[i], true));
        }

        foreach (var unit in printed.Skip(_named.Length).Where(IsWanted))
        {
            if (reported.Add(unit.Id))
            {
                units.Add((unit.Id, unit, false));
            }
        }

        return new SystemdAnswer(units, _named[answered..]);
    }

    private bool IsWanted(SystemdUnit unit)
    {
        var name = unit.Id;
        var bare = name.EndsWith(".service", StringComparison.Ordinal) ? name[..^".service".Length] : name;
        return !options.IsExcluded(name) && !options.IsExcluded(bare)
            && (_patterns.Any(pattern => new NamePattern(pattern).Matches(name)) || (options.WatchesAutomatic && unit.IsAutomatic));
    }

    private static bool IsAutomatic(string name) => string.Equals(name, ServiceOptions.Automatic, StringComparison.OrdinalIgnoreCase);

    private static string UnitName(string name) =>
        UnitTypes.Any(type => name.EndsWith(type, StringComparison.Ordinal)) || name.EndsWith('*') ? name : $"{name}.service";
}
