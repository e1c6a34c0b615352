using NocMonitor.Collector.Rules.Definition;

namespace NocMonitor.Collector.Reload;

/// <summary>
/// What the files of a configuration look like from outside: names, sizes and times of writing. Asked again and again instead of being notified,
/// because notifications miss what editors, configuration management and network file systems do.
/// </summary>
internal static class FileStamps
{
    public static string Take(IEnumerable<string> files, string rulesDirectory)
    {
        var folder = RuleFolder.Find(rulesDirectory);
        var all = files.Concat(folder is null ? [] : RuleFolder.Files(folder));
        return string.Join('\n', all.Select(Stamp));
    }

    private static string Stamp(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? $"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}" : $"{file} absent";
    }
}
