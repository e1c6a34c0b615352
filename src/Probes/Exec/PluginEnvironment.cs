namespace NocMonitor.Probes.Exec;

/// <summary>The environment a program is given: a short list of harmless variables of the agent's own, and what the configuration adds.</summary>
internal static class PluginEnvironment
{
    private static readonly string[] OnLinux = ["PATH", "HOME", "USER", "LOGNAME", "TZ", "TMPDIR"];

    private static readonly string[] OnWindows =
    [
        "PATH", "PATHEXT", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "ProgramFiles", "ProgramFiles(x86)", "ProgramData",
        "CommonProgramFiles", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "COMPUTERNAME", "USERNAME",
    ];

    public static IReadOnlyDictionary<string, string> Create(IEnumerable<string> passed, IReadOnlyDictionary<string, string> configured)
    {
        var names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        // Plugins print numbers and words in the tongue of their locale; C is there on every system and is what their output is read as.
        var variables = new Dictionary<string, string>(names) { ["LC_ALL"] = "C" };
        foreach (var name in (OperatingSystem.IsWindows() ? OnWindows : OnLinux).Concat(passed))
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in configured)
        {
            variables[name] = value;
        }

        return variables;
    }
}
