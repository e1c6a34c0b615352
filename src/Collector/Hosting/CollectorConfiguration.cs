using System.Collections;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Hosting;

/// <summary>
/// Reads the <c>Collector</c> section from its layers: <c>appsettings.json</c> in the working folder, the file of <c>--config</c>, the
/// environment, and last what the command line says.
/// </summary>
internal sealed record CollectorConfiguration(string? ConfigFile, string? Urls, string? Data)
{
    private const string DefaultFile = "appsettings.json";
    private const string EnvironmentPrefix = "NOCMONITOR_";

    /// <summary>The files that are read, whether they exist or not: what a reload watches.</summary>
    public IReadOnlyList<string> Files =>
        ConfigFile is null || Path.GetFullPath(ConfigFile) == Path.GetFullPath(DefaultFile) ? [DefaultFile] : [DefaultFile, ConfigFile];

    /// <summary>Reads everything anew. With errors the result is only good for finding further errors.</summary>
    public CollectorOptions Read(ICollection<ConfigError> errors) => Read(Environment.GetEnvironmentVariables(), errors);

    internal CollectorOptions Read(IDictionary environment, ICollection<ConfigError> errors)
    {
        var root = ConfigNode.Empty("", new ConfigPlace(DefaultFile, 1, 1));
        foreach (var file in Files.Where(file => file == ConfigFile || File.Exists(file)))
        {
            root = ConfigSources.Merge(root, ConfigSources.ReadFile(file, errors));
        }

        root = ConfigSources.OverlayEnvironment(root, EnvironmentPrefix, environment);
        ReportStrangeSections(root, errors);
        var section = root.Find("Collector") ?? ConfigNode.Empty("Collector", root.Place);
        var reader = new OptionReader(section, errors);
        var options = CollectorOptions.Read(reader);
        reader.Complete();
        return WithCommandLine(options, errors);
    }

    private CollectorOptions WithCommandLine(CollectorOptions options, ICollection<ConfigError> errors)
    {
        if (Data is { Length: > 0 })
        {
            options = options with { Data = Data };
        }

        if (Urls is null)
        {
            return options;
        }

        var urls = CollectorOptions.SplitUrls([Urls]);
        foreach (var url in urls.Where(url => !CollectorOptions.IsListenAddress(url)))
        {
            errors.Add(new ConfigError(new ConfigPlace("--urls", 0, 0), "", $"'{url}' is not an address to listen on, such as {CollectorOptions.DefaultUrl}"));
        }

        return urls.Count > 0 && urls.All(CollectorOptions.IsListenAddress) ? options with { Urls = urls } : options;
    }

    private static void ReportStrangeSections(ConfigNode root, ICollection<ConfigError> errors)
    {
        string[] known = ["Agent", "Collector"];
        foreach (var (name, node) in root.Members)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith('$'))
            {
                errors.Add(new ConfigError(node.Place, node.Path, $"unknown section{Suggestion.For(name, known)}"));
            }
        }
    }
}
