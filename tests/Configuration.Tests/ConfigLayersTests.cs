using NocMonitor.Testing;

namespace NocMonitor.Configuration.Tests;

public class ConfigLayersTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ConfigError> _errors = [];

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void The_environment_stands_over_the_named_file_and_that_over_the_standard_one()
    {
        _folder.Write("appsettings.json", """{ "Agent": { "A": "1", "B": "1", "C": "1" } }""");
        _folder.Write("extra.json", """{ "Agent": { "B": "2", "C": "2" } }""");

        var section = Read("extra.json", new() { ["NOCMONITOR_Agent__C"] = "3" });

        Assert.That(new[] { "A", "B", "C" }.Select(name => section.Find(name)!.Text), Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(_errors, Is.Empty);
    }

    [Test]
    public void A_variable_without_a_section_is_no_configuration()
    {
        Read(null, new() { ["NOCMONITOR_CORPORA"] = "/somewhere", ["NOCMONITOR_Agnt__A"] = "1" });

        Assert.That(_errors.Select(error => error.ToString()),
            Is.EqualTo(new[] { "environment variable NOCMONITOR_Agnt__A: Agnt: unknown section; did you mean Agent?" }));
    }

    private ConfigNode Read(string? file, Dictionary<string, string> variables)
    {
        _errors.Clear();
        return new ConfigLayers(file) { WorkingFolder = _folder.Path, Variables = variables }.ReadSection("Agent", _errors);
    }
}
