using System.Collections;

namespace NocMonitor.Configuration;

/// <summary>
/// Where one program's configuration comes from, lowest layer first: <c>appsettings.json</c> of the working folder, the file of
/// <c>--config</c>, environment variables that begin with <c>NOCMONITOR_</c>. Reading has no side effects: a reload reads again.
/// </summary>
/// <param name="ConfigFile">The file of <c>--config</c>; null without one.</param>
public sealed record ConfigLayers(string? ConfigFile)
{
    public const string DefaultFile = "appsettings.json";
    private const string EnvironmentPrefix = "NOCMONITOR_";
    private static readonly string[] Sections = ["Agent", "Collector"];

    /// <summary>The folder whose <c>appsettings.json</c> is the lowest layer; null for the process's own.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The environment variables, the highest layer.</summary>
    public IDictionary Variables { get; init; } = Environment.GetEnvironmentVariables();

    /// <summary>The files that are read, whether they exist or not: what a reload watches.</summary>
    public IReadOnlyList<string> Files =>
        Named is null || Path.GetFullPath(Named) == Path.GetFullPath(Standard) ? [Standard] : [Standard, Named];

    private string Standard => WorkingFolder is null ? DefaultFile : Path.Combine(WorkingFolder, DefaultFile);

    private string? Named => ConfigFile is null || WorkingFolder is null ? ConfigFile : Path.Combine(WorkingFolder, ConfigFile);

    /// <summary>Reads all layers and gives one top-level section; unknown sections are errors. Only the file of <c>--config</c> must exist.</summary>
    public ConfigNode ReadSection(string name, ICollection<ConfigError> errors)
    {
        var root = ConfigNode.Empty("", new ConfigPlace(Named ?? Standard, 1, 1));
        foreach (var file in Files.Where(file => file == Named || File.Exists(file)))
        {
            root = ConfigSources.Merge(root, ConfigSources.ReadFile(file, errors));
        }

        root = ConfigSources.OverlayEnvironment(root, EnvironmentPrefix, OptionVariables());
        foreach (var (key, node) in root.Members)
        {
            if (!Sections.Contains(key, StringComparer.OrdinalIgnoreCase) && !key.StartsWith('$'))
            {
                errors.Add(new ConfigError(node.Place, node.Path, $"unknown section{Suggestion.For(key, Sections)}"));
            }
        }

        return root.Find(name) ?? ConfigNode.Empty(name, root.Place);
    }

    /// <summary>Those that name a section: NOCMONITOR_ alone also begins variables that are no configuration, such as those of scripts and tests.</summary>
    private Dictionary<string, string?> OptionVariables() => Variables.Keys.OfType<string>()
        .Where(name => name.Contains("__", StringComparison.Ordinal))
        .ToDictionary(name => name, name => Variables[name] as string);
}
