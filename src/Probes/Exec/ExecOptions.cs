using NocMonitor.Configuration;

namespace NocMonitor.Probes.Exec;

/// <summary>What the result of a plugin is that did not end in time.</summary>
internal enum LateResult
{
    Critical,
    Unknown,
}

/// <summary>Options of the <c>exec</c> probe.</summary>
internal sealed record ExecOptions
{
    /// <summary>Tag <c>check</c> of all points.</summary>
    public required string Check { get; init; }

    /// <summary>A full path, or a name that is looked for in PATH and the folders of plugins.</summary>
    public required string Command { get; init; }

    public required IReadOnlyList<string> Args { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required LateResult OnTimeout { get; init; }

    /// <summary>Bytes of output that are kept.</summary>
    public required int OutputLimit { get; init; }

    /// <summary>Items of performance data that are kept.</summary>
    public required int PerformanceLimit { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Variables of the agent's own environment that the plugin sees besides the usual few.</summary>
    public required IReadOnlyList<string> PassEnvironment { get; init; }

    public required string WorkingDirectory { get; init; }

    public static ExecOptions Read(OptionReader options)
    {
        var command = options.RequiredText("Command", "The plugin: a full path, or a name that is looked for in PATH and the folders of Nagios plugins. Never a shell line.");
        var check = options.OptionalText("Check", "Name of the check, as tag check; the command's file name when absent.");
        CheckCommand(options, command);
        return new ExecOptions
        {
            Command = command,
            Check = check ?? Path.GetFileName(command),
            Args = options.Texts("Args", [], "Its arguments, one each; nothing is expanded or split."),
            Timeout = options.Duration("Timeout", TimeSpan.FromSeconds(8), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1),
                "Time limit; then the plugin and all it started are killed. Keep it below the entry's TimeLimit, which would cut the round short without a result."),
            OnTimeout = options.Choice("OnTimeout", LateResult.Critical, "State of a plugin that did not end in time."),
            OutputLimit = (int)options.Bytes("OutputLimit", 64 << 10, 256, 16 << 20, "Bytes of output kept; the rest is thrown away."),
            PerformanceLimit = options.Integer("PerformanceLimit", 500, 0, 10_000, "Items of performance data kept; those beyond are counted."),
            Environment = options.TextMap("Environment", "Environment variables for the plugin."),
            PassEnvironment = options.Texts("PassEnvironment", [],
                "Names of the agent's own environment variables that the plugin is to see. PATH, HOME, USER, TZ and a few more always pass."),
            WorkingDirectory = ReadFolder(options),
        };
    }

    private static void CheckCommand(OptionReader options, string command)
    {
        if (command.Contains('\0', StringComparison.Ordinal))
        {
            options.Fail("Command", "must not hold a null character");
        }
        else if (!Path.IsPathFullyQualified(command) && command.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            options.Fail("Command", $"'{command}' is neither a full path nor a bare name");
        }
        else if (Path.GetExtension(command).ToUpperInvariant() is ".BAT" or ".CMD")
        {
            // CreateProcess would start cmd.exe for it, which reads the arguments as a shell does.
            options.Fail("Command", $"'{command}' is a batch file, which only a shell can run; name cmd.exe yourself if its arguments are safe for it");
        }
    }

    private static string ReadFolder(OptionReader options)
    {
        var fallback = OperatingSystem.IsWindows() ? System.Environment.SystemDirectory : "/";
        var folder = options.OptionalText("WorkingDirectory", "Folder the plugin runs in; the root, on Windows the system folder, when absent.");
        if (folder is not null && !Path.IsPathFullyQualified(folder))
        {
            options.Fail("WorkingDirectory", $"'{folder}' is not a full path");
        }

        return folder ?? fallback;
    }
}
