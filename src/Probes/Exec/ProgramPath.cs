namespace NocMonitor.Probes.Exec;

/// <summary>Finds a program by its bare name.</summary>
internal static class ProgramPath
{
    // Where Debian and Red Hat, their source builds and the BSDs put Nagios plugins; a service's PATH seldom has the sbin folders.
    private static readonly string[] Folders =
    [
        "/usr/lib/nagios/plugins", "/usr/lib64/nagios/plugins", "/usr/lib/monitoring-plugins", "/usr/local/nagios/libexec", "/usr/local/libexec/nagios",
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ];

    /// <summary>The full path; null when no folder has such a file. A path is given back as it is.</summary>
    public static string? Find(string command)
    {
        if (Path.IsPathFullyQualified(command))
        {
            return command;
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] names = OperatingSystem.IsWindows() && !Path.HasExtension(command) ? [$"{command}.exe", command] : [command];
        return path.Concat(OperatingSystem.IsWindows() ? [] : Folders)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
