using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Probes;
using NocMonitor.Testing;
using YamlDotNet.RepresentationModel;

namespace NocMonitor.Architecture.Tests.Documents;

/// <summary>Validates of the containers and of Grafana's provisioning what can be validated without running them.</summary>
public class DockerDocumentTests
{
    [Test]
    public void Every_image_is_pinned_to_a_version()
    {
        var images = Services().Select(service => ((YamlScalarNode)((YamlMappingNode)service.Value)["image"]).Value!);
        var bases = File.ReadLines(Repository.Locate("deploy", "docker", "Dockerfile")).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);

        Assert.That(images.Concat(bases), Is.Not.Empty.And.All.Match(@"^[a-z0-9./-]+:\d+\.\d+\.\d+$"));
    }

    [Test]
    public void Ports_are_open_on_loopback_only() =>
        Assert.That(
            Services().Select(service => (YamlMappingNode)service.Value).Where(service => service.Children.ContainsKey("ports")).SelectMany(service => (YamlSequenceNode)service["ports"]).Select(port => port.ToString()),
            Is.Not.Empty.And.All.StartsWith("127.0.0.1:"));

    [Test]
    public void Every_variable_that_must_be_set_is_named_in_the_head_of_the_file_and_in_the_page()
    {
        var text = File.ReadAllText(Repository.Locate("deploy", "docker", "compose.yaml"));
        var page = File.ReadAllText(Repository.Locate("docs", "grafana.md"));
        var head = string.Concat(text.Split('\n').TakeWhile(line => line.StartsWith('#')));

        foreach (var variable in Regex.Matches(text, @"\$\{(\w+):\?\}").Select(match => match.Groups[1].Value).Distinct())
        {
            Assert.That(head, Does.Contain(variable));
            Assert.That(page, Does.Contain(variable));
        }
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task Compose_takes_the_file_once_its_variables_are_set(bool set, int expected)
    {
        using var folder = new TemporaryFolder();
        var names = new[] { "INFLUX_TOKEN", "INFLUX_PASSWORD", "GRAFANA_PASSWORD", "NOCMONITOR_WRITE_TOKEN", "NOCMONITOR_READ_TOKEN" };
        var variables = folder.Write("variables", string.Concat(names.Select(name => set ? $"{name}=x\n" : $"{name}=\n")));
        var start = new ProcessStartInfo(
            Prerequisite.Program("docker-compose", "docker-compose"),
            ["--file", Repository.Locate("deploy", "docker", "compose.yaml"), "--env-file", variables, "config", "--quiet"])
        { RedirectStandardError = true };

        using var compose = Process.Start(start)!;
        var errors = await compose.StandardError.ReadToEndAsync();
        await compose.WaitForExitAsync();

        Assert.That(compose.ExitCode, Is.EqualTo(expected), errors);
    }

    [Test]
    public void Each_mounted_file_is_there()
    {
        var folder = Repository.Locate("deploy", "docker");
        var sources = Services().SelectMany(service => (YamlSequenceNode)((YamlMappingNode)service.Value)["volumes"]).Select(volume => volume.ToString().Split(':')[0]).Where(source => source.StartsWith('.'));

        Assert.That(sources, Is.Not.Empty);
        Assert.That(sources.Where(source => !Path.Exists(Path.Combine(folder, source))), Is.Empty);
    }

    [Test]
    public void The_agents_configuration_is_right()
    {
        var errors = new List<ConfigError>();
        var file = Repository.Locate("deploy", "docker", "agent.json");
        var root = JsonConfigParser.Parse(file, Encoding.UTF8.GetBytes(File.ReadAllText(file)), errors);
        var reader = new OptionReader(root.Find("Agent")!, errors);
        AgentOptions.Read(reader, ProbeCatalog.Find);
        reader.Complete();

        Assert.That(errors, Is.Empty);
    }

    [TestCase("datasources")]
    [TestCase("dashboards")]
    public void Provisioning_is_yaml_of_version_1(string folder)
    {
        var root = Yaml("deploy", "grafana", "provisioning", folder, "nocmonitor.yaml");

        Assert.That(root["apiVersion"].ToString(), Is.EqualTo("1"));
    }

    /// <summary>Restored packages of the machine that builds, under its own paths, make the publish in the image fail; tokens in the file beside compose.yaml must not lie in a layer.</summary>
    [TestCase("**/bin")]
    [TestCase("**/obj")]
    [TestCase("**/.env")]
    [TestCase(".git")]
    [TestCase("artifacts")]
    [TestCase("data")]
    public void What_is_this_machines_own_stays_out_of_the_image(string path) => Assert.That(File.ReadLines(Repository.Locate(".dockerignore")), Has.One.EqualTo(path));

    [Test]
    public void The_file_with_the_secrets_is_not_committed() => Assert.That(File.ReadLines(Repository.Locate(".gitignore")), Has.One.EqualTo(".env"));

    [Test]
    public void The_sdk_of_the_image_is_one_that_the_source_takes()
    {
        var wanted = JsonNode.Parse(File.ReadAllText(Repository.Locate("global.json")))!["sdk"]!["version"]!.ToString();
        var image = File.ReadLines(Repository.Locate("deploy", "docker", "Dockerfile")).Single(line => line.Contains("/sdk:", StringComparison.Ordinal)).Split(' ', ':')[2];

        // The same feature band, and a patch that is not older.
        Assert.That(image[..^2], Is.EqualTo(wanted[..^2]));
        Assert.That(int.Parse(image[^2..], CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(int.Parse(wanted[^2..], CultureInfo.InvariantCulture)));
    }

    private static YamlMappingNode Services() => (YamlMappingNode)Yaml("deploy", "docker", "compose.yaml")["services"];

    private static YamlMappingNode Yaml(params string[] path)
    {
        using var text = File.OpenText(Repository.Locate(path));
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
