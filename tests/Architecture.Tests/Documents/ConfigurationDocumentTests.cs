using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Probes;
using NocMonitor.Testing;
using CollectorSection = NocMonitor.Collector.Hosting.CollectorOptions;

namespace NocMonitor.Architecture.Tests.Documents;

/// <summary>Holds the page and the JSON schema of the configuration against the readers that read it.</summary>
public class ConfigurationDocumentTests
{
    private const string Introduction = """
        Both programs read `appsettings.json` of the working folder, over it the file of `--config`, over it environment variables such as
        `NOCMONITOR_Agent__FlushInterval=2s` (two underscores between the keys, a number for an item of a list). Sections merge key by key; a list or a value of an upper layer
        replaces the lower one whole. `nocmonitor-agent check-config` and `nocmonitor-collector check-config` name every error with file, line and column.

        Durations read `250ms`, `10s`, `5m`, `1h30m`, `30d`; sizes read `64KiB` (powers of 1024) or `20GB` (powers of 1000). A secret may stand in a file (`TokenFile`) or
        in an environment variable (`TokenVariable` names it). Keys are found in upper and lower case alike. This page is made from the code; a test holds it.
        """;

    private static readonly OptionSchema Agent = OptionSchema.Describe(options => AgentOptions.Read(options, ProbeCatalog.Find));
    private static readonly OptionSchema Collector = OptionSchema.Describe(CollectorSection.Read);

    [Test]
    public void The_page_says_what_the_readers_read()
    {
        var page = new OptionPageWriter()
            .Heading(1, "Configuration", Introduction)
            .Heading(2, "Agent", "The section `Agent`.")
            .Table(Agent);
        foreach (var type in ProbeCatalog.All)
        {
            page.Heading(3, $"Probe `{type.Name}`", $"{type.Help} Beside the options of every entry of `Agent.Probes`:").Table(type.Describe());
        }

        page.Heading(2, "Collector", "The section `Collector`.").Table(Collector);

        GoldenFile.Verify(page.ToString(), "docs", "configuration.md");
    }

    [Test]
    public void The_schema_says_what_the_readers_read()
    {
        var agent = JsonSchemaWriter.Section(Agent);
        var entry = Agent.Options.Single(option => option.Name == "Probes").Inner!;
        agent["properties"]!["Probes"]!["items"] =
            JsonSchemaWriter.Variants(entry, "Type", ProbeCatalog.All.Select(type => (type.Name, type.Help, type.Describe())));
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "NocMonitor configuration",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string" },
                ["Agent"] = agent,
                ["Collector"] = JsonSchemaWriter.Section(Collector),
            },
            ["additionalProperties"] = false,
        };
        var layout = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        GoldenFile.Verify(schema.ToJsonString(layout) + "\n", "appsettings.schema.json");
    }

    [Test]
    public void Every_option_says_what_it_means()
    {
        var silent = All(Agent).Concat(All(Collector)).Concat(ProbeCatalog.All.SelectMany(type => All(type.Describe())))
            .Where(option => !option.Help.EndsWith('.'))
            .Select(option => option.Name);

        Assert.That(silent, Is.Empty);
    }

    private static IEnumerable<OptionDescription> All(OptionSchema schema) =>
        schema.Options.SelectMany(option => option.Inner is { } inner ? All(inner).Prepend(option) : [option]);
}
