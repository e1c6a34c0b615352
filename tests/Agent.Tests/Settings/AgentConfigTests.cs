using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Settings;

public class AgentConfigTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Build() => _folder = new TemporaryFolder();

    [TearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public void A_small_configuration_reads_with_defaults()
    {
        _folder.Write("appsettings.json", """{ "Agent": { "Name": "web01", "Probes": [ { "Type": "fake" } ] } }""");

        var config = Load();

        Assert.That(config.Errors, Is.Empty);
        Assert.That((config.Options.Name, config.Options.Host, config.Options.FlushInterval), Is.EqualTo(("web01", "web01", TimeSpan.FromSeconds(5))));
        Assert.That(config.Options.Collectors.Single().Url, Is.EqualTo(new Uri("http://127.0.0.1:8490")));
        Assert.That(config.Options.Probes.Select(probe => (probe.Name, probe.Interval, probe.TimeLimit)),
            Is.EqualTo(new[] { ("fake", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)) }));
    }

    [Test]
    public void Every_error_comes_with_its_file_line_and_column()
    {
        var file = _folder.Write("appsettings.json", """
            {
              "Agent": {
                "FlushInterval": "soon",
                "Collectors": [ { "Url": "ftp://x" }, { "Url": "http://u:p@x" }, { } ],
                "Probes": [
                  { "Type": "fake", "Name": "a", "Intervall": "1s" },
                  { "Type": "fake", "Name": "a" },
                  { "Type": "fakir", "Whatever": 1 },
                  { "Type": "fake", "Name": "b", "Level": 11 }
                ]
              }
            }
            """);

        var errors = Load().Errors.Select(error => error.ToString().Replace(file, "F", StringComparison.Ordinal)).ToList();

        Assert.That(errors, Is.EqualTo(new[]
        {
            "F:3:22: Agent.FlushInterval: 'soon' is not a duration such as 10s, 5m or 1h30m",
            "F:4:30: Agent.Collectors[0].Url: is not an address such as http://127.0.0.1:8490",
            "F:4:52: Agent.Collectors[1].Url: must be scheme, host, port and path only; the token has an option of its own",
            "F:4:70: Agent.Collectors[2].Url: is required",
            "F:6:51: Agent.Probes[0].Intervall: unknown key; did you mean Interval?",
            "F:7:33: Agent.Probes[1].Name: two probes are named 'a'; give each its own Name",
            $"F:8:17: Agent.Probes[2].Type: there is no probe type 'fakir'; there are {string.Join(", ", ProbeCatalog.All.Select(type => type.Name))}",
            "F:9:47: Agent.Probes[3].Level: 11 is out of range; it goes from 0 to 10",
        }));
    }

    [Test]
    public void An_entry_that_is_not_enabled_is_checked_and_left_out()
    {
        _folder.Write("appsettings.json", """{ "Agent": { "Probes": [ { "Type": "fake", "Enabled": false, "Level": 99 } ] } }""");

        var config = Load();

        Assert.That(config.Options.Probes, Is.Empty);
        Assert.That(config.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void Two_entries_that_say_the_same_in_another_layout_have_one_fingerprint()
    {
        var one = SomeOptions.Read("""{ "Probes": [ { "Type": "fake", "Interval": "1s", "Level": 3 } ] }""", findType: FindFake);
        var other = SomeOptions.Read("""{ "Probes": [ {"LEVEL":3,  "type": "fake", "Interval": "1s"} ] }""", findType: FindFake);
        var third = SomeOptions.Read("""{ "Probes": [ { "Type": "fake", "Interval": "1s", "Level": 4 } ] }""", findType: FindFake);

        Assert.That(other.Probes[0].Fingerprint, Is.EqualTo(one.Probes[0].Fingerprint));
        Assert.That(third.Probes[0].Fingerprint, Is.Not.EqualTo(one.Probes[0].Fingerprint));
    }

    [Test]
    public void The_command_line_overrides_data_and_the_collectors_address_and_keeps_its_token()
    {
        _folder.Write("appsettings.json", """{ "Agent": { "Data": "here", "Collectors": [ { "Url": "http://a:1", "Token": "t" }, { "Url": "http://b:1" } ] } }""");

        var options = Load(new AgentConfigRequest(DataFolder: "there", Collector: new Uri("http://c:2"))).Options;

        Assert.That(options.Data, Is.EqualTo(_folder.File("there")));
        Assert.That(options.Collectors.Select(collector => (collector.Url.Host, collector.Token?.Reveal())), Is.EqualTo(new[] { ("c", "t") }));
    }

    [Test]
    public void Files_count_from_the_folder_of_the_file_that_names_them()
    {
        Directory.CreateDirectory(_folder.File("etc"));
        _folder.Write("etc/token.txt", "hunter2\n");
        _folder.Write("etc/agent.json", """{ "Agent": { "Data": "spool", "Collectors": [ { "Url": "http://a:1", "TokenFile": "token.txt" } ] } }""");

        var config = Load(new AgentConfigRequest(ConfigFile: Path.Combine("etc", "agent.json")));

        Assert.That(config.Errors, Is.Empty);
        Assert.That(config.Options.Data, Is.EqualTo(_folder.File(Path.Combine("etc", "spool"))));
        Assert.That(config.Options.Collectors[0].Token?.Reveal(), Is.EqualTo("hunter2"));
        Assert.That(config.Options.Collectors[0].Files, Is.EqualTo(new[] { _folder.File(Path.Combine("etc", "token.txt")) }));
    }

    [Test]
    public void A_renewed_token_is_another_collector_although_the_configuration_says_the_same()
    {
        var token = _folder.Write("token.txt", "one");
        _folder.Write("appsettings.json", """{ "Agent": { "Collectors": [ { "Url": "http://a:1", "TokenFile": "token.txt" } ] } }""");
        var before = Load().Options.Collectors[0].Signature;

        File.WriteAllText(token, "two");

        Assert.That(Load().Options.Collectors[0].Signature, Is.Not.EqualTo(before));
    }

    [Test]
    public void Without_any_file_there_is_one_error_that_says_how_to_name_one()
    {
        Assert.That(Load().Errors.Single().Message, Does.Contain("--config"));
    }

    [Test]
    public void A_certificate_file_that_is_none_is_an_error_of_the_configuration()
    {
        _folder.Write("ca.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        _folder.Write("appsettings.json", """{ "Agent": { "Collectors": [ { "Url": "https://a:1", "CaFile": "ca.pem" } ] } }""");

        Assert.That(Load().Errors.Single().Message, Does.StartWith("a certificate or key cannot be used"));
    }

    [Test]
    public void No_option_s_default_depends_on_the_machine()
    {
        var schema = OptionSchema.Describe(options => AgentOptions.Read(options, FindFake));

        Assert.That(schema.Options.Select(option => option.Default), Has.None.Contains(Environment.MachineName).And.None.Contains(Environment.CurrentDirectory));
        Assert.That(schema.Options.Select(option => option.Help), Has.All.Not.Empty);
    }

    private static ProbeType? FindFake(string name) => name != "fake" ? null : ProbeType.Of("fake", "Nothing.",
        options => options.Integer("Level", 1, 0, 10, "Nothing."), (_, _) => FakeProbe.Counting());

    private AgentConfig Load(AgentConfigRequest? request = null) => AgentConfig.Load((request ?? new AgentConfigRequest()) with
    {
        WorkingFolder = _folder.Path,
        Variables = new Dictionary<string, string>(),
        FindType = FindFake,
    });
}
