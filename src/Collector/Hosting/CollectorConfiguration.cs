using System.Collections;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Hosting;

/// <summary>
/// The <c>Collector</c> section from its layers, and over them what the command line says.
/// </summary>
internal sealed record CollectorConfiguration(string? ConfigFile, string? Urls, string? Data)
{
    private readonly ConfigLayers _layers = new(ConfigFile);

    /// <inheritdoc cref="ConfigLayers.Files"/>
    public IReadOnlyList<string> Files => _layers.Files;

    /// <summary>Reads everything anew. With errors the result is only good for finding further errors.</summary>
    public CollectorOptions Read(ICollection<ConfigError> errors) => Read(_layers, errors);

    internal CollectorOptions Read(IDictionary environment, ICollection<ConfigError> errors) => Read(_layers with { Variables = environment }, errors);

    private CollectorOptions Read(ConfigLayers layers, ICollection<ConfigError> errors)
    {
        var reader = new OptionReader(layers.ReadSection("Collector", errors), errors);
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
}
