using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Inventory;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Query.Influx;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Storage;
using NocMonitor.Configuration;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Hosting;

/// <summary>The <c>Collector</c> section.</summary>
internal sealed record CollectorOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8490";

    /// <summary>Addresses to listen on, such as <c>http://127.0.0.1:8490</c> or <c>https://*:8443</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The data folder, absolute.</summary>
    public required string Data { get; init; }

    /// <summary>The name this collector reports as <c>host</c> in its own points.</summary>
    public required string Name { get; init; }

    /// <summary>How people reach this collector, without a slash at the end; null to take the first of <see cref="Urls"/>.</summary>
    public required string? ConfiguredExternalUrl { get; init; }

    /// <summary>How people reach this collector, without a slash at the end; links in notifications begin with it.</summary>
    public string ExternalUrl => ConfiguredExternalUrl ?? Reachable(Urls[0]);

    /// <summary>The least grave log entries that are written.</summary>
    public required LogLevel LogLevel { get; init; }

    public required TlsOptions Tls { get; init; }

    public required ConnectionOptions Connections { get; init; }

    public required IngestOptions Ingest { get; init; }

    public required DerivationOptions Derivation { get; init; }

    public required StoreOptions Store { get; init; }

    public required QueryOptions Query { get; init; }

    public required RulesOptions Rules { get; init; }

    public required InventoryOptions Inventory { get; init; }

    public required NotifyOptions Notify { get; init; }

    public required IReadOnlyDictionary<string, ForwarderOptions> Forwarders { get; init; }

    public static CollectorOptions Read(OptionReader reader)
    {
        var urls = ReadUrls(reader);
        var external = reader.OptionalText("ExternalUrl",
            "How people reach this collector, for links in notifications; default: the first of Urls.");
        if (external is not null && !IsWebAddress(external))
        {
            reader.Fail("ExternalUrl", "is not an http or https address");
        }

        return new CollectorOptions
        {
            Urls = urls,
            Data = reader.ResolvePath("Data", reader.Text("Data", "data/collector",
                "The data folder, relative to this file; created when absent, one collector at a time.")),
            Name = reader.OptionalText("Name", "The name this collector reports as host in its own points; default: this machine's name.") ?? Environment.MachineName,
            ConfiguredExternalUrl = external?.TrimEnd('/'),
            LogLevel = reader.Choice("LogLevel", LogLevel.Information, "The least grave log entries that are written."),
            Tls = reader.Section("Tls", TlsOptions.Read, "The certificate of https addresses."),
            Connections = reader.Section("Connections", ConnectionOptions.Read, "Limits of every connection."),
            Ingest = reader.Section("Ingest", IngestOptions.Read, "Limits of what is written to the collector."),
            Derivation = reader.Section("Derivation", DerivationOptions.Read, "Rates made of raw counters as they come in."),
            Store = reader.Section("Store", StoreSettings.Read, "What is kept, and for how long."),
            Query = reader.Section("Query", QueryOptions.Read, "Limits of InfluxQL queries."),
            Rules = reader.Section("Rules", RulesOptions.Read, "Where the rules are, and what is different here."),
            Inventory = reader.Section("Inventory", InventoryOptions.Read, "The devices that are known, and what is proposed about them."),
            Notify = NotifyOptions.Read(reader),
            Forwarders = reader.SectionMap("Forwarders", ForwarderOptions.Read, "Other stores that get the points too, by name."),
        };
    }

    private static IReadOnlyList<string> ReadUrls(OptionReader reader)
    {
        var urls = SplitUrls(reader.Texts("Urls", [DefaultUrl], "Addresses to listen on; several may also stand in one text, separated by semicolons."));
        foreach (var url in urls.Where(url => !IsListenAddress(url)))
        {
            reader.Fail("Urls", $"'{url}' is not an address to listen on, such as {DefaultUrl}");
        }

        if (urls.Count == 0)
        {
            reader.Fail("Urls", "at least one address is needed");
        }

        return urls.Count == 0 ? [DefaultUrl] : urls;
    }

    /// <summary>Takes lists and ASP.NET Core's form alike: addresses with semicolons between them.</summary>
    public static IReadOnlyList<string> SplitUrls(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static bool IsListenAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.PathBase.Length == 0 && address.Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>A wildcard address is no link: the machine's name stands in.</summary>
    private static string Reachable(string url)
    {
        if (!IsListenAddress(url))
        {
            return DefaultUrl;
        }

        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? Environment.MachineName : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}
