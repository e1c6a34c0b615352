using System.Text.RegularExpressions;
using NocMonitor.Configuration;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Processes;

/// <summary>A group of processes that are watched as one. Where several of the selectors are set, a process must meet all of them.</summary>
internal sealed record ProcessGroupOptions
{
    /// <summary>Tag <c>process_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the program; wildcards allowed.</summary>
    public NamePattern? Executable { get; init; }

    /// <summary>Over the whole command line; no back-tracking, so that no pattern can hang the agent.</summary>
    public Regex? Pattern { get; init; }

    public string? PidFile { get; init; }

    /// <summary>A systemd unit; on Windows a service.</summary>
    public string? Unit { get; init; }

    public required int MinCount { get; init; }

    /// <summary>0 is no limit.</summary>
    public required int MaxCount { get; init; }

    /// <summary>One point a process, with its id as a tag, instead of one a group.</summary>
    public required bool PerProcess { get; init; }

    public static ProcessGroupOptions Read(OptionReader options)
    {
        var executable = options.OptionalText("Executable", "Name of the program, such as nginx; *, ? and [a-z] allowed.");
        var pattern = options.OptionalText("Pattern", "Regular expression over the command line, without look-around and back-references.");
        var file = options.OptionalText("PidFile", "File that holds the process id.");
        var unit = options.OptionalText("Unit", "systemd unit that the processes run in; on Windows the service.");
        var name = options.OptionalText("Name", "Tag process_name; the selector's text when absent.") ?? executable ?? unit ?? pattern ?? file;
        if (name is null)
        {
            options.Fail("Executable", "one of Executable, Pattern, PidFile and Unit is required");
        }

        if (file is not null && !Path.IsPathFullyQualified(file))
        {
            options.Fail("PidFile", $"'{file}' is not a full path");
        }

        return new ProcessGroupOptions
        {
            Name = name ?? "",
            Executable = executable is null ? null : new NamePattern(executable, OperatingSystem.IsWindows()),
            Pattern = ReadPattern(options, "Pattern", pattern),
            PidFile = file,
            Unit = unit is null ? null : FullUnit(unit),
            MinCount = options.Integer("MinCount", 1, 0, 1_000_000, "Least number of processes."),
            MaxCount = options.Integer("MaxCount", 0, 0, 1_000_000, "Largest number of processes; 0 is no limit."),
            PerProcess = options.Flag("PerProcess", false,
                "One point a process, with its id as tag pid, instead of one a group. Each start of a process is then a new series: for short looks only."),
        };
    }

    /// <summary>Groups by nothing but one selector, with the default limits.</summary>
    public static IEnumerable<ProcessGroupOptions> ReadPlain(OptionReader options)
    {
        var names = options.Texts("Names", [], "Names of programs, each a group of its own; *, ? and [a-z] allowed.");
        var patterns = options.Texts("Patterns", [], "Regular expressions over the command line, each a group of its own.");
        var units = options.Texts("Units", [], "systemd units, on Windows services, each a group of its own.");
        return
        [
            .. names.Select(name => Plain(name) with { Executable = new NamePattern(name, OperatingSystem.IsWindows()) }),
            .. patterns.Select(pattern => Plain(pattern) with { Pattern = ReadPattern(options, "Patterns", pattern) }),
            .. units.Select(unit => Plain(unit) with { Unit = FullUnit(unit) }),
        ];
    }

    private static ProcessGroupOptions Plain(string name) => new() { Name = name, MinCount = 1, MaxCount = 0, PerProcess = false };

    private static string FullUnit(string unit) => OperatingSystem.IsWindows() || Path.HasExtension(unit) ? unit : $"{unit}.service";

    private static Regex? ReadPattern(OptionReader options, string option, string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            options.Fail(option, exception.Message);
            return null;
        }
    }
}
