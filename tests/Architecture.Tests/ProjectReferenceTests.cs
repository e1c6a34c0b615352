using System.Xml.Linq;
using NocMonitor.Testing;

namespace NocMonitor.Architecture.Tests;

/// <summary>Holds the arrows of docs/architecture.md: who may know whom.</summary>
public class ProjectReferenceTests
{
    [TestCase("LineProtocol", "")]
    [TestCase("Configuration", "")]
    [TestCase("Probes", "Configuration LineProtocol")]
    [TestCase("Agent", "Probes")]
    [TestCase("TimeSeries", "LineProtocol")]
    [TestCase("Collector", "Configuration TimeSeries")]
    public void A_project_references_only_what_the_design_allows(string project, string allowed)
    {
        var file = Repository.Locate("src", project, $"NocMonitor.{project}.csproj");

        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Replace("NocMonitor.", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.That(string.Join(' ', references), Is.EqualTo(allowed));
    }

    [TestCase("Alerts", "Notify")]
    [TestCase("Rules", "Notify")]
    [TestCase("Rules", "Ingest")]
    [TestCase("Alerts", "Ingest")]
    [TestCase("Notify", "Ingest")]
    public void Inside_the_collector_a_later_step_never_knows_an_earlier_one_and_rules_do_not_know_notification(string folder, string forbidden)
    {
        var offenders = Directory.EnumerateFiles(Repository.Locate("src", "Collector"), "*.cs", SearchOption.AllDirectories)
            .Where(file => file.Contains($"{Path.DirectorySeparatorChar}Collector{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains($"using NocMonitor.Collector.{forbidden}", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.That(offenders, Is.Empty);
    }
}
