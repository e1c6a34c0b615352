namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Where rule files are: a folder relative to the working folder, else beside the program, as an installation puts them.</summary>
internal static class RuleFolder
{
    public static string? Find(string directory) =>
        new[] { Path.GetFullPath(directory), Path.Combine(AppContext.BaseDirectory, directory) }.FirstOrDefault(Directory.Exists);

    /// <summary>The rule files in order of their names.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal);
}
